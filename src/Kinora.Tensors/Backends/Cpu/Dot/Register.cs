namespace Kinora.Tensors.Backends.Cpu.Dot;

/// <summary>
/// The general registers that code may use without saving them under the System V calling convention; numbered as in instructions. (Those that need
/// another form as an address are left out.)
/// </summary>
internal enum Register
{
    Rax = 0,
    Rcx = 1,
    Rdx = 2,
    Rsi = 6,

    /// <summary>The first argument.</summary>
    Rdi = 7,
    R8 = 8,
    R9 = 9,
    R10 = 10,
    R11 = 11,
}
