using System.Text.Json;
using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Tests;

/// <summary>One golden case: its inputs, the reference's outputs, and the weights it names.</summary>
internal sealed class GoldenCase : IDisposable
{
    private readonly SafetensorsCheckpoint _tensors;
    private readonly JsonDocument _json;
    private readonly string _folder;
    private readonly List<SafetensorsCheckpoint> _weights = [];

    public GoldenCase(string path)
    {
        _folder = Path.GetDirectoryName(path)!;
        Name = Path.GetFileName(path);
        _tensors = SafetensorsCheckpoint.Open(path + ".safetensors");
        _json = JsonDocument.Parse(File.ReadAllText(path + ".json"));
    }

    public string Name { get; }

    public JsonElement Config => _json.RootElement.GetProperty("config");

    public JsonElement Scalars => _json.RootElement.GetProperty("scalars");

    public bool Has(string name) => _tensors.Entries.ContainsKey(name);

    public Shape ShapeOf(string name) => _tensors.Entries[name].Shape;

    public float[] Floats(string name)
    {
        using var tensor = _tensors.Load(name, TestBackend.Instance.Memory);
        return tensor.AsReadOnlySpan<float>().ToArray();
    }

    public int[] Integers(string name)
    {
        using var tensor = _tensors.Load(name, TestBackend.Instance.Memory);
        return tensor.AsReadOnlySpan<int>().ToArray();
    }

    public ISafetensorsSource Weights(int index = 0)
    {
        var name = _json.RootElement.GetProperty("weights")[index].GetString()!;
        _weights.Add(SafetensorsCheckpoint.Open(Path.Combine(_folder, $"weights_{name}.safetensors")));
        return _weights[^1];
    }

    public void Dispose()
    {
        _tensors.Dispose();
        _json.Dispose();
        _weights.ForEach(file => file.Dispose());
    }
}
