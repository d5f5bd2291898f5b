using Kinora.Tensors.Safetensors;

namespace Kinora.Tensors.Tests.Safetensors;

public sealed class SafetensorsCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-tensors-").FullName;
    private readonly TensorMemory _memory = new(1 << 20);

    public void Dispose()
    {
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Shards_are_one_checkpoint()
    {
        WriteShards();
        using var checkpoint = SafetensorsCheckpoint.Open(Index("{\"metadata\":{},\"weight_map\":{\"m.a\":\"1.safetensors\",\"m.b\":\"2.safetensors\"}}"));
        Assert.Equal(["m.a", "m.b"], checkpoint.Entries.Keys.Order());
        using var a = checkpoint.Map("m.a");
        using var b = new SafetensorsScope(checkpoint, "m.").Load("b", _memory);
        Assert.Equal(1, a.AsReadOnlySpan<float>()[0]);
        Assert.Equal(2, b.AsReadOnlySpan<float>()[0]);
        Assert.Throws<SafetensorsException>(() => checkpoint.Map("m.c"));
    }

    [Fact]
    public void A_single_file_is_a_checkpoint_too()
    {
        WriteShards();
        using var checkpoint = SafetensorsCheckpoint.Open(Path.Combine(_folder, "1.safetensors"));
        Assert.Equal(["m.a"], checkpoint.Entries.Keys);
    }

    [Theory]
    [InlineData("{\"weight_map\":{\"m.a\":\"../1.safetensors\"}}")]
    [InlineData("{\"weight_map\":{\"m.a\":\"/etc/passwd\"}}")]
    [InlineData("{\"weight_map\":{\"m.a\":\"\"}}")]
    [InlineData("{\"weight_map\":{\"m.a\":5}}")]
    [InlineData("{\"weight_map\":{\"m.z\":\"1.safetensors\"}}")]
    [InlineData("{\"weight_map\":[]}")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("{\"weight_map\":{\"m.a\":\"1.safetensors\",\"m.b\":\"copy.safetensors\"}}")]
    public void An_index_that_lies_is_refused(string index)
    {
        WriteShards();
        File.Copy(Path.Combine(_folder, "1.safetensors"), Path.Combine(_folder, "copy.safetensors"));
        Assert.Throws<SafetensorsException>(() => SafetensorsCheckpoint.Open(Index(index)));
    }

    private string Index(string text)
    {
        var path = Path.Combine(_folder, "model.safetensors.index.json");
        File.WriteAllText(path, text);
        return path;
    }

    private void WriteShards()
    {
        using var scope = new TensorScope(_memory);
        SafetensorsWriter.Write(Path.Combine(_folder, "1.safetensors"), [new("m.a", scope.From<float>([1], [1]))]);
        SafetensorsWriter.Write(Path.Combine(_folder, "2.safetensors"), [new("m.b", scope.From<float>([2], [1]))]);
    }
}
