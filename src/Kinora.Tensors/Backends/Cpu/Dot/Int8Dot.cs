namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary><see cref="DotKind.Int8"/>.</summary>
internal readonly struct Int8Dot : IDotKind
{
    public static DotKind Kind => DotKind.Int8;
}
