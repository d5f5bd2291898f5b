namespace Kinora.Tensors;

/// <summary>Where a tensor's elements lie.</summary>
public enum DeviceKind
{
    /// <summary>The process's own memory.</summary>
    Cpu,
}
