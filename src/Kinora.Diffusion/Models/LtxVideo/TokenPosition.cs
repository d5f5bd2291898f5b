namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>Where a token lies in the clip, for the rotary embedding.</summary>
/// <param name="Seconds">Time from the beginning of the clip.</param>
/// <param name="Row">Pixels from the top.</param>
/// <param name="Column">Pixels from the left.</param>
internal readonly record struct TokenPosition(float Seconds, float Row, float Column)
{
    /// <summary>The positions of a latent grid, frame by frame, row by row.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="isCausal">Whether the first latent frame stands for one video frame.</param>
    /// <param name="firstFrame">The video frame that the grid begins at.</param>
    public static TokenPosition[] Of(LatentGrid grid, double frameRate, bool isCausal, int firstFrame = 0)
    {
        var positions = new TokenPosition[grid.Tokens];
        var i = 0;
        for (var frame = 0; frame < grid.Frames; frame++)
        {
            var pixelFrame = isCausal ? Math.Max(0, (8 * frame) - 7) : 8 * frame;
            var seconds = (float)(pixelFrame + firstFrame) * (float)(1 / frameRate);
            for (var row = 0; row < grid.Rows; row++)
                for (var column = 0; column < grid.Columns; column++)
                    positions[i++] = new TokenPosition(seconds, 32f * row, 32f * column);
        }

        return positions;
    }
}
