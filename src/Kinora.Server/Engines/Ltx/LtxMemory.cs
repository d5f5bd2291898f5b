using System.Globalization;
using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Server.Engines.Ltx;

/// <summary>
/// About how much memory a clip takes, so that one that can't fit is refused before it has cost an hour. A little above what was measured beside the weights of the 2B
/// model (<c>bench/results/ltx.md</c>): 1.9 GB at 512x288 with 97 frames, here 2.4; 0.8 GB at 256x160 with 49 frames, here 0.9.
/// </summary>
internal static class LtxMemory
{
    /// <summary>Frames that are made in one piece at most; longer shots are made in windows.</summary>
    private const int WindowFrames = 257;

    /// <summary>Floats per token and channel of the transformer that live at the same time: the stream, what is modulated, queries, keys and values, and four of the feed-forward part.</summary>
    private const int TransformerBuffers = 12;

    /// <summary>The autoencoder's pieces in flight: one per stage, of 96 MiB each, at most.</summary>
    private const double PieceBytes = 96 << 20;

    /// <summary>What loading leaves behind, and everything small.</summary>
    private const double BaseBytes = 256 << 20;

    private static readonly double[] s_profiles = [0.75, 0.5, 0.35, 0.25, 0.15];

    /// <summary>Bytes that making a clip takes beside the weights.</summary>
    public static double Work(LtxVideoConfig config, LtxPlan plan)
    {
        var frames = Math.Min(WindowFrames, plan.Shots.Max(shot => shot.Frames));
        double cells = plan.Bucket.Width / 32.0 * (plan.Bucket.Height / 32.0);

        // The clip, and a start and an end frame.
        var tokens = (((frames - 1) / 8) + 3) * cells;
        var transformer = 4 * tokens * ((TransformerBuffers * config.Transformer.Width) + (8 * config.Transformer.Channels));
        return BaseBytes + transformer + Decoder(config.Autoencoder, cells, frames);
    }

    /// <summary>Refuses what does not fit.</summary>
    /// <param name="config">The model.</param>
    /// <param name="weightBytes">Its weights.</param>
    /// <param name="plan">The clip.</param>
    /// <param name="brief">What it was planned from, for a smaller profile.</param>
    /// <param name="budgetBytes">What may be held.</param>
    /// <exception cref="EngineException">It does not fit; the message says how much is missing and what would fit.</exception>
    public static void Require(LtxVideoConfig config, double weightBytes, LtxPlan plan, VideoBrief brief, double budgetBytes)
    {
        var needed = weightBytes + Work(config, plan);
        if (needed <= budgetBytes)
            return;
        throw new EngineException(
            string.Create(CultureInfo.InvariantCulture, $"This clip at {plan.Bucket} needs about {needed / 1e9:0.0} GB of memory, {weightBytes / 1e9:0.0} GB of it for the model; {budgetBytes / 1e9:0.0} GB may be used. ")
            + Offer(config, weightBytes, plan, brief, budgetBytes),
            isOutOfResources: true);
    }

    // Rings of two frames and as much held back around every convolution, and the pieces under way.
    private static double Decoder(LtxVideoAutoencoderConfig config, double cells, int frames)
    {
        double positions = cells, rings = 0, pieces = 0, time = ((frames - 1) / 8) + 1;
        foreach (var block in config.Decoder)
        {
            var perFrame = 4 * positions * block.Channels;
            rings += 4 * perFrame * Math.Max(1, 2 * block.Layers);
            pieces += 4 * Math.Min(PieceBytes, perFrame * time);
            if (!block.IsResidual)
                (positions, time) = (positions * block.Space * block.Space, time * block.Time);
        }

        return rings + pieces;
    }

    private static string Offer(LtxVideoConfig config, double weightBytes, LtxPlan plan, VideoBrief brief, double budgetBytes)
    {
        var area = (double)plan.Bucket.Width * plan.Bucket.Height;
        foreach (var share in s_profiles)
        {
            var smaller = LtxPlan.Create(brief, area * share);
            var needed = weightBytes + Work(config, smaller);
            if (needed <= budgetBytes)
                return string.Create(CultureInfo.InvariantCulture, $"{smaller.Bucket} would take {needed / 1e9:0.0} GB: set Ltx:Size to it, ask for fewer seconds, or allow more with Ltx:MemoryGigabytes.");
        }

        return "No smaller size fits either: take a smaller model (Ltx:Model), or allow more with Ltx:MemoryGigabytes.";
    }
}
