using System.Text;

namespace Kinora.Media.Ffmpeg;

/// <summary>Runs a child to its end and takes its whole standard output, up to a cap.</summary>
internal static class ChildOutput
{
    private const int MaxTextBytes = 4 << 20;

    /// <summary>Runs a child that answers in text.</summary>
    public static async Task<string> ReadTextAsync(
        string program, IReadOnlyList<string> arguments, string workingDirectory, ChildLimits limits, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxTextBytes];
        var count = await ReadAsync(program, arguments, workingDirectory, limits, timeout, time, buffer, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, Math.Min(count, buffer.Length));
    }

    /// <summary>
    /// Runs a child and fills <paramref name="buffer"/> from its output. Returns how many bytes came; one more than the buffer's length if there was more,
    /// in which case the child is stopped.
    /// </summary>
    /// <exception cref="ChildFailedException">It ended with a code other than 0, or by a signal.</exception>
    /// <exception cref="ChildTimeoutException">It did not end within <paramref name="timeout"/>.</exception>
    public static async Task<int> ReadAsync(
        string program,
        IReadOnlyList<string> arguments,
        string workingDirectory,
        ChildLimits limits,
        TimeSpan timeout,
        TimeProvider time,
        Memory<byte> buffer,
        CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.Start(program, arguments, workingDirectory, limits);
        return await ReadAsync(child, timeout, time, buffer, cancellationToken);
    }

    /// <summary>As above, of a child that runs: closes its input and takes its output. Once only.</summary>
    public static async Task<int> ReadAsync(ChildProcess child, TimeSpan timeout, TimeProvider time, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            child.Input.Close();
            await using var kill = child.KillOn(either.Token);
            var count = await FillAsync(child.Output, buffer, either.Token);
            if (count > buffer.Length)
                return count;
            var exit = await child.WaitForExitAsync(either.Token);
            return exit.Succeeded ? count : throw child.Failed(exit);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChildTimeoutException(child.Name, timeout, e);
        }
    }

    private static async Task<int> FillAsync(Stream output, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (count < buffer.Length)
            return count;
        var more = new byte[1];
        return count + await output.ReadAsync(more, cancellationToken);
    }
}
