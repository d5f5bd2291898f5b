namespace Kinora.Media.Images;

/// <summary>What a decoding child must know of its picture before it starts: the decoder, and whether alpha comes out.</summary>
internal readonly record struct ImageKind(ImageFormat Format, bool HasAlpha)
{
    public static ImageKind Of(ImageHeader header) => new(header.Format, header.HasAlpha);
}
