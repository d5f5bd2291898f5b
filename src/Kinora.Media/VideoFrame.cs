namespace Kinora.Media;

/// <summary>
/// One 8-bit 4:2:0 frame as the encoder takes it: planes Y, U, V one after another without padding,
/// BT.709 matrix, limited ("tv") range: Y 16 to 235, U and V 16 to 240.
/// </summary>
public sealed class VideoFrame
{
    /// <summary>Creates a frame with all samples 0; the renderer fills it.</summary>
    public VideoFrame(FrameSize size)
    {
        Size = size;
        Data = new byte[size.Yuv420Bytes];
    }

    /// <summary>Width and height in luma samples.</summary>
    public FrameSize Size { get; }

    /// <summary>All three planes, <see cref="FrameSize.Yuv420Bytes"/> bytes.</summary>
    public byte[] Data { get; }

    /// <summary>Luma, <c>[H, W]</c>.</summary>
    public Span<byte> Y => Data.AsSpan(0, LumaBytes);

    /// <summary>Blue difference, <c>[H/2, W/2]</c>.</summary>
    public Span<byte> U => Data.AsSpan(LumaBytes, ChromaBytes);

    /// <summary>Red difference, <c>[H/2, W/2]</c>.</summary>
    public Span<byte> V => Data.AsSpan(LumaBytes + ChromaBytes, ChromaBytes);

    private int LumaBytes => Size.Width * Size.Height;

    private int ChromaBytes => LumaBytes / 4;
}
