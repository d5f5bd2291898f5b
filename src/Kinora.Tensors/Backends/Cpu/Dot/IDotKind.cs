namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>A <see cref="DotKind"/> as a type, for code that the JIT compiles for each.</summary>
internal interface IDotKind
{
    static abstract DotKind Kind { get; }
}
