using System.Buffers.Binary;

namespace Kinora.Media.Audio;

/// <summary>Takes the chunks of a RIFF WAVE file apart: 16-bit PCM and 32-bit float, one or two channels.</summary>
internal static class WavReader
{
    private const int ChunkHeaderBytes = 8;
    private const int FirstChunk = 12;
    private const int Pcm = 1;
    private const int IeeeFloat = 3;

    public static WavSound Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FirstChunk || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
            throw new UnsupportedMediaException("unknown", "The file is not a WAV file.");
        var (format, channels, rate) = (0, 0, 0);
        for (var at = FirstChunk; at + ChunkHeaderBytes <= file.Length;)
        {
            var declared = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var body = file[(at + ChunkHeaderBytes)..];
            // A program that writes to a pipe cannot know the size in advance and says it is the largest there is.
            body = body[..(int)Math.Min(declared, (uint)body.Length)];
            if (file[at..].StartsWith("fmt "u8))
                (format, channels, rate) = ReadFormat(body);
            else if (file[at..].StartsWith("data"u8))
                return ReadSamples(body, format, channels, rate);
            at = (int)Math.Min(int.MaxValue, at + (long)ChunkHeaderBytes + declared + (declared & 1));
        }

        throw new DamagedMediaException("The WAV file is damaged: it holds no samples.");
    }

    private static (int Format, int Channels, int Rate) ReadFormat(ReadOnlySpan<byte> body)
    {
        if (body.Length < 16)
            throw new DamagedMediaException("The WAV file is damaged: its format chunk is too short.");
        int format = BinaryPrimitives.ReadUInt16LittleEndian(body), channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        int rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(body[14..]);
        if ((format, bits) is not ((Pcm, 16) or (IeeeFloat, 32)) || channels is not (1 or 2) || rate is < 1000 or > 768_000)
            throw new UnsupportedMediaException("wav", $"Expected a WAV file of 16-bit PCM or 32-bit float in one or two channels; got format {format}, {bits} bits, {channels} channels, {rate} Hz.");
        return (format, channels, rate);
    }

    private static WavSound ReadSamples(ReadOnlySpan<byte> body, int format, int channels, int rate)
    {
        if (format == 0)
            throw new DamagedMediaException("The WAV file is damaged: its samples come before their format.");
        var bytes = format == Pcm ? sizeof(short) : sizeof(float);
        var sound = new float[channels][];
        for (var c = 0; c < channels; c++)
        {
            sound[c] = new float[body.Length / (bytes * channels)];
            for (var i = 0; i < sound[c].Length; i++)
            {
                var sample = body[(((i * channels) + c) * bytes)..];
                sound[c][i] = format == Pcm ? BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f : BinaryPrimitives.ReadSingleLittleEndian(sample);
            }
        }

        return new WavSound(rate, sound);
    }
}
