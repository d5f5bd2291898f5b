using System.Globalization;

namespace Kinora.Chaos;

/// <summary>What a run is like.</summary>
internal sealed record ChaosOptions
{
    /// <summary><c>postgres</c> or <c>sqlite</c>.</summary>
    public string Store { get; init; } = "postgres";

    /// <summary>How long faults are injected.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Submits a second.</summary>
    public double Rate { get; init; } = 2;

    /// <summary>The seed of everything that is chosen by chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether files are kept in a real S3 server.</summary>
    public bool UseS3 { get; init; }

    /// <summary>Whether every process is a host of its own, in a network namespace. Needs root.</summary>
    public bool UseNamespaces { get; init; }

    /// <summary>How many fronts. On SQLite they run jobs too.</summary>
    public int Fronts { get; init; } = 2;

    /// <summary>How many workers.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>
    /// A Node program that submits instead of the built-in load, until it ends; it gets the fronts' addresses in <c>KINORA_URLS</c> and prints <c>request KEY ID</c>
    /// for each that completed. Only workers get faults then: the official client does not go to another front by itself.
    /// </summary>
    public string? Client { get; init; }

    /// <summary>How many requests <see cref="Client"/> makes.</summary>
    public int Count { get; init; } = 200;

    /// <summary>Where the report goes besides the screen.</summary>
    public string? Output { get; init; }

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    internal static ChaosOptions Parse(string[] arguments)
    {
        var given = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair.Length == 2 ? pair[1] : throw new FormatException($"{pair[0]} needs a value."));
        double Number(string name, double otherwise) => given.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        bool Flag(string name) => given.GetValueOrDefault(name) == "yes";
        return new ChaosOptions
        {
            Store = given.GetValueOrDefault("--store") ?? "postgres",
            Time = TimeSpan.FromSeconds(Number("--seconds", 60)),
            Rate = Number("--rate", 2),
            Seed = (int)Number("--seed", 1),
            UseS3 = Flag("--s3"),
            UseNamespaces = Flag("--namespaces"),
            Fronts = (int)Number("--fronts", 2),
            Workers = (int)Number("--workers", 4),
            Client = given.GetValueOrDefault("--client"),
            Count = (int)Number("--count", 200),
            Output = given.GetValueOrDefault("--output"),
        };
    }
}
