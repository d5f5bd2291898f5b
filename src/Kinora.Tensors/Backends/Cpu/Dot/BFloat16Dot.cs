namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary><see cref="DotKind.BFloat16"/>.</summary>
internal readonly struct BFloat16Dot : IDotKind
{
    public static DotKind Kind => DotKind.BFloat16;
}
