using System.Globalization;
using Kinora.Tensors;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>Holds the names, shapes and types of a checkpoint against what a model reads, without reading any weight.</summary>
internal static class WeightCheck
{
    private const int MostShown = 5;

    /// <summary>True if the elements can be read as weights.</summary>
    public static bool IsReadable(SafetensorsEntry entry) => entry.DType is DType.Float32 or DType.BFloat16 or DType.Float16 or DType.Float8E4M3;

    /// <summary>Throws with all that is wrong; the first few of every kind are named.</summary>
    /// <param name="part">What is checked, for the message.</param>
    /// <param name="source">The checkpoint.</param>
    /// <param name="needs">What the model reads.</param>
    /// <param name="allowsFloat8">Whether 8-bit floats are taken as plain numbers.</param>
    /// <exception cref="CheckpointException">Something is wrong.</exception>
    public static void Run(string part, ISafetensorsSource source, IReadOnlyList<WeightNeed> needs, bool allowsFloat8)
    {
        List<string> missing = [], misshapen = [], unreadable = [], small = [];
        foreach (var (name, shape, _) in needs)
        {
            if (!source.Entries.TryGetValue(name, out var entry))
                missing.Add($"'{name}' {shape}");
            else if (entry.Shape != shape)
                misshapen.Add($"'{name}' is {entry.Shape}, expected {shape}");
            else if (!IsReadable(entry))
                unreadable.Add($"'{name}' ({entry.TypeName})");
            else if (entry.DType == DType.Float8E4M3 && !allowsFloat8)
                small.Add($"'{name}'");
        }

        var problems = new List<string>();
        Say(problems, missing, "are missing: the file is of another version, incomplete or renamed");
        Say(problems, misshapen, "have another shape: the file and its configuration do not belong together");
        Say(problems, unreadable, "have element types that can't be weights; F32, BF16, F16 and, if allowed, F8_E4M3 can be read");
        Say(problems, small, "are 8-bit floats, which may be meant for special kernels: take the bf16 file, or allow 8-bit floats to read them as plain numbers");
        Say(problems, Unknown(source, needs), "are more layers than the configuration says: the file and its configuration do not belong together");
        if (problems.Count > 0)
            throw new CheckpointException($"The {part} can't be used. {string.Join(" ", problems)}");
    }

    private static void Say(List<string> problems, List<string> names, string what)
    {
        if (names.Count > 0)
            problems.Add($"{names.Count} tensors {what}: {string.Join(", ", names.Take(MostShown))}{(names.Count > MostShown ? ", …" : ".")}");
    }

    // Tensors that no model reads are ignored (files carry statistics and more), but not further items of a numbered list.
    private static List<string> Unknown(ISafetensorsSource source, IReadOnlyList<WeightNeed> needs)
    {
        var known = needs.Select(need => need.Name).ToHashSet(StringComparer.Ordinal);
        var patterns = known.Select(Pattern).ToHashSet(StringComparer.Ordinal);
        return [.. source.Entries.Keys.Where(name => !known.Contains(name) && patterns.Contains(Pattern(name))).Select(name => $"'{name}'")];
    }

    private static string Pattern(string name) =>
        string.Join('.', name.Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "#" : part));
}
