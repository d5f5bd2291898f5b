using System.Buffers.Binary;

namespace Kinora.Media.Audio;

/// <summary>Uncompressed sound files (RIFF WAVE): written as 48 kHz stereo, read as any rate and one or two channels.</summary>
public static class WavFile
{
    private const int HeaderBytes = 44;
    private const int Channels = 2;
    private const ushort Pcm = 1;
    private const ushort IeeeFloat = 3;
    private const int BlockSamples = 16_384;
    private const long MaxReadBytes = 64L << 20;

    /// <summary>Writes 32-bit float samples.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <param name="soundtrack">The sound.</param>
    /// <param name="samples">Samples per channel to write: a longer soundtrack is cut, a shorter one followed by silence. All of it if null.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public static Task WriteFloatAsync(string path, Soundtrack soundtrack, int? samples = null, CancellationToken cancellationToken = default) =>
        WriteAsync(path, soundtrack, samples, IeeeFloat, sizeof(float), EncodeFloat, cancellationToken);

    /// <summary>Writes 16-bit samples, rounded to the nearest and clipped at full scale. Parameters as in <see cref="WriteFloatAsync"/>.</summary>
    public static Task WritePcm16Async(string path, Soundtrack soundtrack, int? samples = null, CancellationToken cancellationToken = default) =>
        WriteAsync(path, soundtrack, samples, Pcm, sizeof(short), EncodePcm16, cancellationToken);

    /// <summary>Reads a file of 16-bit PCM or 32-bit float in one or two channels, at most 64 MiB.</summary>
    /// <exception cref="UnsupportedMediaException">It is no WAV file, or of another kind.</exception>
    /// <exception cref="DamagedMediaException">It holds no samples, or more bytes than are read.</exception>
    public static async Task<WavSound> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var bytes = new FileInfo(path).Length;
        if (bytes > MaxReadBytes)
            throw new DamagedMediaException($"The WAV file has {bytes} bytes; at most {MaxReadBytes} are read.");
        return WavReader.Read(await File.ReadAllBytesAsync(path, cancellationToken));
    }

    private delegate void Encode(float sample, Span<byte> target);

    private static async Task WriteAsync(
        string path, Soundtrack soundtrack, int? samples, ushort format, int sampleBytes, Encode encode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(soundtrack);
        var count = samples ?? soundtrack.Length;
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: false);
        await file.WriteAsync(Header(count, format, sampleBytes), cancellationToken);
        var block = new byte[BlockSamples * Channels * sampleBytes];
        for (var from = 0; from < count; from += BlockSamples)
        {
            var length = Math.Min(BlockSamples, count - from);
            FillBlock(soundtrack, from, length, sampleBytes, encode, block);
            await file.WriteAsync(block.AsMemory(0, length * Channels * sampleBytes), cancellationToken);
        }
    }

    private static void FillBlock(Soundtrack soundtrack, int from, int length, int sampleBytes, Encode encode, byte[] block)
    {
        for (var i = 0; i < length; i++)
        {
            var at = from + i;
            var offset = i * Channels * sampleBytes;
            encode(at < soundtrack.Length ? soundtrack.Left[at] : 0, block.AsSpan(offset));
            encode(at < soundtrack.Length ? soundtrack.Right[at] : 0, block.AsSpan(offset + sampleBytes));
        }
    }

    private static void EncodeFloat(float sample, Span<byte> target) => BinaryPrimitives.WriteSingleLittleEndian(target, sample);

    private static void EncodePcm16(float sample, Span<byte> target) =>
        BinaryPrimitives.WriteInt16LittleEndian(target, (short)Math.Clamp(MathF.Round(sample * 32767f), short.MinValue, short.MaxValue));

    private static byte[] Header(int samples, ushort format, int sampleBytes)
    {
        var header = new byte[HeaderBytes];
        var dataBytes = samples * Channels * sampleBytes;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), dataBytes + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), format);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Soundtrack.SampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Soundtrack.SampleRateHz * Channels * sampleBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), (ushort)(Channels * sampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), (ushort)(8 * sampleBytes));
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), dataBytes);
        return header;
    }
}
