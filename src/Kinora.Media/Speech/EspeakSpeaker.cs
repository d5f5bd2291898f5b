using System.Text;
using Kinora.Media.Audio;
using Kinora.Media.Ffmpeg;

namespace Kinora.Media.Speech;

/// <summary>
/// Speaks through the system's <c>espeak-ng</c>: a child process per line, under limits of memory, processor time and wall-clock time. The text goes in on
/// its standard input, never as an argument, and no shell is involved. The same request gives the same samples with the same version of espeak-ng.
/// </summary>
public sealed class EspeakSpeaker
{
    /// <summary>Half a minute of 22 kHz and some; a longer answer is cut.</summary>
    private const int MaxBytes = 2 << 20;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    /// <summary>No limit on files: espeak-ng's sound library sizes shared memory even when the sound goes to standard output, and the kernel counts that as a file.</summary>
    private static readonly ChildLimits s_limits = new() { AddressSpaceBytes = 1L << 30, ProcessorTime = TimeSpan.FromSeconds(10) };

    private readonly string _program;
    private readonly TimeProvider _time;

    private EspeakSpeaker(string program, TimeProvider time) => (_program, _time) = (program, time);

    /// <summary>Finds espeak-ng; null if it is not installed.</summary>
    /// <param name="path">The program's path; PATH is searched for <c>espeak-ng</c> if null.</param>
    /// <param name="time">The clock of the time limit; the system's if null.</param>
    public static EspeakSpeaker? TryFind(string? path = null, TimeProvider? time = null) =>
        ProgramPath.Find(path ?? "espeak-ng") is { } program ? new EspeakSpeaker(program, time ?? TimeProvider.System) : null;

    /// <summary>Speaks a line. May be called from several threads.</summary>
    /// <param name="request">What to say and how; at most 600 characters of it are spoken.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    /// <returns>The line at espeak's own rate, usually 22,050 Hz; no samples if nothing in the text can be spoken.</returns>
    /// <exception cref="MediaException">espeak-ng could not be started, failed, took longer than 20 s, or gave no sound.</exception>
    public async Task<SpokenLine> SpeakAsync(SpeechRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = SpeechText.Clean(request.Text);
        if (!text.Any(char.IsLetterOrDigit))
            return new SpokenLine([], Soundtrack.SampleRateHz);
        using var expiry = new CancellationTokenSource(s_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        await using var child = ChildProcess.Start(_program, EspeakArguments.For(request), Path.GetTempPath(), s_limits);
        try
        {
            return ToLine(await AskAsync(child, text, either.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChildTimeoutException(child.Name, s_timeout, e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> AskAsync(ChildProcess child, string text, CancellationToken cancellationToken)
    {
        await using var kill = child.KillOn(cancellationToken);
        try
        {
            await child.Input.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"), cancellationToken);
            child.Input.Close();
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // It ended before it had read everything; its exit status says why.
        }

        var buffer = new byte[MaxBytes];
        var count = await child.Output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (count == buffer.Length)
            return buffer;
        var exit = await child.WaitForExitAsync(cancellationToken);
        return exit.Succeeded ? buffer.AsMemory(0, count) : throw child.Failed(exit);
    }

    private static SpokenLine ToLine(ReadOnlyMemory<byte> wav)
    {
        var sound = WavReader.Read(wav.Span);
        return new SpokenLine(sound.Channels[0], sound.SampleRateHz);
    }
}
