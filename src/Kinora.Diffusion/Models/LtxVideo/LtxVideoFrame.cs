namespace Kinora.Diffusion.Models.LtxVideo;

/// <summary>A finished frame.</summary>
/// <param name="Shot">The shot, from 0.</param>
/// <param name="Index">The frame within the shot, from 0 (from 1 for a shot that continues the one before).</param>
/// <param name="Picture">The picture.</param>
public sealed record LtxVideoFrame(int Shot, int Index, RgbFrame Picture);
