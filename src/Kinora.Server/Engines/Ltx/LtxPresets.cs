using System.Globalization;
using Kinora.Diffusion.Models.LtxVideo;
using Kinora.Diffusion.Schedulers;

namespace Kinora.Server.Engines.Ltx;

/// <summary>Which settings a model wants.</summary>
internal static class LtxPresets
{
    private const int LeastLayersOf13B = 40;

    /// <summary>Chooses by the model's name and sizes; a model that does not say otherwise counts as distilled.</summary>
    /// <param name="options">Model and steps.</param>
    /// <param name="config">What the checkpoint says about itself.</param>
    /// <param name="cfgScale">0 to 1. For models that are not distilled it stands for guidance scales of 1 to 5, 0.5 for the official 3.</param>
    /// <exception cref="EngineException">The model does not run with that many steps.</exception>
    public static LtxVideoPreset Choose(LtxOptions options, LtxVideoConfig config, double cfgScale)
    {
        if (IsDev(options.Model))
        {
            return config.Transformer.Layers >= LeastLayersOf13B
                ? LtxVideoPreset.Dev13B((float)(2 * cfgScale), options.Steps ?? 30)
                : LtxVideoPreset.Dev2B((float)(1 + (4 * cfgScale)), options.Steps ?? 40);
        }

        if (options.Model.Contains("0.9.6", StringComparison.Ordinal))
            return LtxVideoPreset.Distilled096;
        if (options.Steps is not { } steps)
            return LtxVideoPreset.Distilled;
        return steps is >= 4 and <= 8
            ? new LtxVideoPreset { First = new LtxVideoSampling { Sigmas = DistilledSchedule.SinglePassOf(steps) } }
            : throw new EngineException(string.Create(CultureInfo.InvariantCulture, $"{options.Model} is distilled and runs with 4 to 8 steps, not {steps} (Ltx:Steps)."), isOutOfResources: false);
    }

    /// <summary>Whether the model is not distilled, so that guidance and negative prompts are part of it.</summary>
    public static bool IsDev(string model) => model.Contains("-dev", StringComparison.Ordinal);
}
