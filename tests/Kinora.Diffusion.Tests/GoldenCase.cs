using System.Text.Json;
using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Tests;

/// <summary>One golden case: its inputs, the reference's outputs, and the weights it names.</summary>
internal sealed class GoldenCase : IDisposable
{
    private readonly SafetensorsCheckpoint tensors;
    private readonly JsonDocument json;
    private readonly string folder;
    private readonly List<SafetensorsCheckpoint> weights = [];

    public GoldenCase(string path)
    {
        folder = Path.GetDirectoryName(path)!;
        Name = Path.GetFileName(path);
        tensors = SafetensorsCheckpoint.Open(path + ".safetensors");
        json = JsonDocument.Parse(File.ReadAllText(path + ".json"));
    }

    public string Name { get; }

    public JsonElement Config => json.RootElement.GetProperty("config");

    public JsonElement Scalars => json.RootElement.GetProperty("scalars");

    public bool Has(string name) => tensors.Entries.ContainsKey(name);

    public Shape ShapeOf(string name) => tensors.Entries[name].Shape;

    public float[] Floats(string name)
    {
        using var tensor = tensors.Load(name, TestBackend.Instance.Memory);
        return tensor.AsReadOnlySpan<float>().ToArray();
    }

    public int[] Integers(string name)
    {
        using var tensor = tensors.Load(name, TestBackend.Instance.Memory);
        return tensor.AsReadOnlySpan<int>().ToArray();
    }

    public ISafetensorsSource Weights(int index = 0)
    {
        var name = json.RootElement.GetProperty("weights")[index].GetString()!;
        weights.Add(SafetensorsCheckpoint.Open(Path.Combine(folder, $"weights_{name}.safetensors")));
        return weights[^1];
    }

    public void Dispose()
    {
        tensors.Dispose();
        json.Dispose();
        weights.ForEach(file => file.Dispose());
    }
}
