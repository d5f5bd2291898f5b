namespace Kinora.Tensors.Backends.Cpu.Kernels;

/// <summary>
/// A function of one or two vectors, lane by lane; implemented by structs, so that a loop over it is compiled with the function inside.
/// </summary>
internal interface IVectorFunction<V>
    where V : unmanaged
{
    V Apply(V a, V b);
}
