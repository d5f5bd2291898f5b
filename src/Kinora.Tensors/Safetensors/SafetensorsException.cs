namespace Kinora.Tensors.Safetensors;

/// <summary>A safetensors file or index that is damaged, hostile, truncated or lacks what was asked for.</summary>
public sealed class SafetensorsException : TensorException
{
    internal SafetensorsException(string path, string detail, Exception? inner = null)
        : base("Safetensors", $"{path}: {detail}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
