namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>The size of a clip's latents.</summary>
/// <param name="Frames">Latent frames: the first stands for one video frame, each later one for eight.</param>
/// <param name="Rows">Rows of 32 pixels.</param>
/// <param name="Columns">Columns of 32 pixels.</param>
internal readonly record struct LatentGrid(int Frames, int Rows, int Columns)
{
    /// <summary>Pixels of a latent's side.</summary>
    public const int PixelsPerCell = 32;

    /// <summary>Video frames of a latent frame but the first.</summary>
    public const int FramesPerLatent = 8;

    /// <summary>Latents per clip.</summary>
    public int Tokens => Frames * Rows * Columns;

    /// <summary>Video frames.</summary>
    public int VideoFrames => ((Frames - 1) * FramesPerLatent) + 1;

    /// <summary>The grid of a clip.</summary>
    public static LatentGrid Of(int width, int height, int frames) =>
        new(((frames - 1) / FramesPerLatent) + 1, height / PixelsPerCell, width / PixelsPerCell);
}
