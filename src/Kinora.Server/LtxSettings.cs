using System.ComponentModel.DataAnnotations;
using Kinora.Diffusion;
using Kinora.Diffusion.Models.LtxVideo;

namespace Kinora.Server;

/// <summary>The neural engine <c>ltx</c>. Nothing here counts until a model is installed (<c>kinora models pull</c>) and requests need the engine.</summary>
public sealed class LtxSettings
{
    /// <summary>The model. Default <c>ltxv-2b-0.9.8-distilled</c>.</summary>
    [Required]
    public string Model { get; set; } = LtxVideoFiles.DefaultModel;

    /// <summary>Where models are installed. Default: <c>models</c> in the data directory.</summary>
    public string? Models { get; set; }

    /// <summary>
    /// How many pixels a frame has while the model works, as WIDTHxHEIGHT; the shape is that of the start image. Frames are then scaled to the endpoint's size.
    /// Default <c>512x288</c>, a preview size for processors without a GPU.
    /// </summary>
    [Required]
    public string Size { get; set; } = "512x288";

    /// <summary>Steps. Default: the model's own number, 8 for distilled ones, which can also run with 4 to 7.</summary>
    [Range(1, 1000)]
    public int? Steps { get; set; }

    /// <summary>Whether clips with sound get what the motion engine composes from the prompt, for the model makes none. False: they are silent, and the log says so. Default true.</summary>
    public bool Sound { get; set; } = true;

    /// <summary>Whether negative prompts push distilled models, which were trained without; untried with real weights. Default false. Models that are not distilled always use them.</summary>
    public bool NegativeGuidance { get; set; }

    /// <summary>How the text encoder's weights are kept while they are needed: <c>Int8</c> (5 GB) or <c>BFloat16</c> (9.5 GB). Default <c>Int8</c>.</summary>
    public NumberFormat TextEncoder { get; set; } = NumberFormat.Int8;

    /// <summary>The most memory that weights and work may hold, in GB (10⁹ bytes). Default: four fifths of what the process may have.</summary>
    [Range(0.001, 100_000)]
    public double? MemoryGigabytes { get; set; }

    /// <summary>Threads that compute, 1 to 1024. Default: one for each processor.</summary>
    [Range(1, 1024)]
    public int? Threads { get; set; }
}
