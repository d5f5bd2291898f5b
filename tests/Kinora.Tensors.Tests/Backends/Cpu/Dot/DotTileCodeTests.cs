using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Kinora.Tensors.Backends.Cpu.Dot;

namespace Kinora.Tensors.Tests.Backends.Cpu.Dot;

/// <summary>The machine code as binutils' disassembler reads it, which owes nothing to our assembler.</summary>
public sealed partial class DotTileCodeTests
{
    [Theory]
    [InlineData(nameof(DotKind.BFloat16), "vdpbf16ps", "vaddps")]
    [InlineData(nameof(DotKind.Int8), "vpdpbusd", "vpaddd")]
    public async Task A_tile_of_two_rows_reads_as_it_is_meant(string kind, string dot, string add)
    {
        var code = new Assembler();
        DotTileCode.Write(code, Enum.Parse<DotKind>(kind), 2);
        string[] expected =
        [
            "mov rsi,[rdi+0x10]", "mov r8,[rdi+0x8]", "mov r9,[rdi+0x30]", "mov r10,[rdi+0x48]", "mov r11,[rdi+0x50]",
            "vpxord zmm0,zmm0,zmm0", "vpxord zmm1,zmm1,zmm1", "vpxord zmm2,zmm2,zmm2", "vpxord zmm3,zmm3,zmm3",

            // For each tap …
            "mov rax,[r9+0x0]", "shl rax,0x2", "add rax,[rdi+0x0]", "add r9,0x8", "mov rcx,[rdi+0x28]",

            // … for each step …
            "vmovups zmm28,[rsi+0x0]", "vmovups zmm29,[rsi+0x40]",
            "prefetcht1 [r10+0x0]", "add r10,r11", "prefetcht0 [rsi+0x600]", "prefetcht0 [rsi+0x640]",
            "vpbroadcastd zmm30,[rax+0x0]", $"{dot} zmm0,zmm30,zmm28", $"{dot} zmm1,zmm30,zmm29",
            "vpbroadcastd zmm31,[rax+0x4]", $"{dot} zmm2,zmm31,zmm28", $"{dot} zmm3,zmm31,zmm29",
            "add rax,r8", "add rsi,0x80", "dec rcx", "jne vmovups zmm28,[rsi+0x0]",
            "dec [rdi+0x38]", "jne mov rax,[r9+0x0]",

            // … and the sums.
            "mov rdx,[rdi+0x18]", "mov rcx,[rdi+0x20]", "cmp [rdi+0x40],0x0", "je vmovups [rdx+0x0],zmm0",
            $"{add} zmm0,zmm0,[rdx+0x0]", $"{add} zmm1,zmm1,[rdx+0x40]", "add rdx,rcx",
            $"{add} zmm2,zmm2,[rdx+0x0]", $"{add} zmm3,zmm3,[rdx+0x40]", "add rdx,rcx",
            "mov rdx,[rdi+0x18]",
            "vmovups [rdx+0x0],zmm0", "vmovups [rdx+0x40],zmm1", "add rdx,rcx",
            "vmovups [rdx+0x0],zmm2", "vmovups [rdx+0x40],zmm3", "add rdx,rcx",
            "vzeroupper", "ret",
        ];
        Assert.Equal(expected, await Disassemble(code.ToArray()));
    }

    [Fact]
    public async Task Registers_and_distances_of_the_largest_tile_are_encoded()
    {
        var code = new Assembler();
        DotTileCode.Write(code, DotKind.BFloat16, DotTileCode.MaxRows);
        var text = await Disassemble(code.ToArray());
        Assert.Contains("vpbroadcastd zmm31,[rax+0x34]", text);
        Assert.Contains("vdpbf16ps zmm26,zmm31,zmm28", text);
        Assert.Contains("vdpbf16ps zmm27,zmm31,zmm29", text);
        Assert.Contains("vdpbf16ps zmm15,zmm31,zmm29", text);
        Assert.Equal(28, text.Count(line => line.StartsWith("vdpbf16ps", StringComparison.Ordinal)));
        Assert.Equal(28, text.Count(line => line.StartsWith("vmovups [rdx", StringComparison.Ordinal)));
    }

    // Instructions without what does nothing; a jump is followed by the instruction it leads to.
    private static async Task<string[]> Disassemble(byte[] code)
    {
        var file = Path.Combine(Path.GetTempPath(), $"kinora-tile-{Guid.NewGuid():N}.bin");
        await File.WriteAllBytesAsync(file, code, TestContext.Current.CancellationToken);
        try
        {
            using var process = Start(file);
            var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var lines = Line().Matches(text).ToDictionary(line => line.Groups[1].Value, line => Plain(line.Groups[2].Value));
            return [.. lines.Values.Where(line => line != "nop").Select(line => Jump().Match(line) is { Success: true } jump
                ? $"{jump.Groups[1].Value} {At(lines, jump.Groups[2].Value)}" : line)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string At(Dictionary<string, string> lines, string address) =>
        lines.SkipWhile(line => line.Key != address).Select(line => line.Value).FirstOrDefault(line => line != "nop", "nowhere");

    private static Process Start(string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("objdump", ["-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "--no-show-raw-insn", file]) { RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no objdump here (binutils).");
            throw;
        }
    }

    private static string Plain(string instruction) =>
        Spaces().Replace(instruction.Replace("QWORD PTR ", string.Empty, StringComparison.Ordinal).Replace("ZMMWORD PTR ", string.Empty, StringComparison.Ordinal)
            .Replace("DWORD PTR ", string.Empty, StringComparison.Ordinal).Replace("BYTE PTR ", string.Empty, StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex(@"^\s*([0-9a-f]+):\s+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(j\w+) 0x([0-9a-f]+)$")]
    private static partial Regex Jump();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
