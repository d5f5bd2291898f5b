using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Kinora.Diffusion;
using Kinora.Diffusion.Weights.Download;

namespace Kinora.Server.Engines.Ltx;

/// <summary>How the engine works, read from <see cref="LtxSettings"/>.</summary>
internal sealed record LtxOptions
{
    private const int LeastSide = 64, MostSide = 4096;

    /// <summary>Where models are installed.</summary>
    public required ModelFolder Models { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Pixels of a frame while the model works, about.</summary>
    public required int Area { get; init; }

    /// <summary>Steps; null: the model's own number.</summary>
    public int? Steps { get; init; }

    /// <inheritdoc cref="LtxSettings.Sound"/>
    public bool Sound { get; init; } = true;

    /// <inheritdoc cref="LtxSettings.NegativeGuidance"/>
    public bool NegativeGuidance { get; init; }

    /// <inheritdoc cref="LtxSettings.TextEncoder"/>
    public NumberFormat TextEncoder { get; init; } = NumberFormat.Int8;

    /// <summary>Threads and memory.</summary>
    public ComputeOptions Compute { get; init; } = new();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">The size is none.</exception>
    /// <exception cref="ValidationException">A number is out of range.</exception>
    public static LtxOptions From(LtxSettings settings, string dataDirectory)
    {
        Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
        var compute = new ComputeOptions { MemoryBudgetBytes = settings.MemoryGigabytes is { } gigabytes ? (long)(gigabytes * 1e9) : null };
        return new LtxOptions
        {
            Models = new ModelFolder(settings.Models ?? Path.Combine(dataDirectory, "models")),
            Model = settings.Model,
            Area = ReadArea(settings.Size),
            Steps = settings.Steps,
            Sound = settings.Sound,
            NegativeGuidance = settings.NegativeGuidance,
            TextEncoder = settings.TextEncoder,
            Compute = settings.Threads is { } threads ? compute with { Threads = threads } : compute,
        };
    }

    private static int ReadArea(string size)
    {
        if (size.Split('x') is [var width, var height] && TryReadSide(width, out var w) && TryReadSide(height, out var h))
            return w * h;
        throw new FormatException($"Ltx:Size should be WIDTHxHEIGHT with sides from {LeastSide} to {MostSide}, for example 512x288; it is '{size}'.");
    }

    private static bool TryReadSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= LeastSide and <= MostSide;
}
