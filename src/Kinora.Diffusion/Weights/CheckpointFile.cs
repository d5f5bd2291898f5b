using System.Text;
using Kinora.Tensors.Safetensors;

namespace Kinora.Diffusion.Weights;

/// <summary>Opens files that should be checkpoints, and says what they are if they are not.</summary>
internal static class CheckpointFile
{
    /// <summary>Opens a safetensors file or index.</summary>
    /// <exception cref="CheckpointException">It is missing, damaged or something else.</exception>
    public static SafetensorsCheckpoint Open(string path)
    {
        if (Directory.Exists(path))
            throw new CheckpointException($"'{path}' is a folder; name the .safetensors file or its .index.json in it.");
        if (!File.Exists(path))
            throw new CheckpointException($"There is no file '{path}'.");
        if (Recognize(path) is { } other)
            throw new CheckpointException($"'{path}' is {other}, not a safetensors file.");
        try
        {
            return SafetensorsCheckpoint.Open(path);
        }
        catch (SafetensorsException exception)
        {
            throw new CheckpointException($"{exception.Message} The download may be incomplete: verify or repeat it.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"'{path}' can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>The index in a folder if there is one, else the one safetensors file.</summary>
    /// <exception cref="CheckpointException">There is neither, or there are several.</exception>
    public static string FindIn(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CheckpointException($"There is no folder '{folder}'.");
        string[] indices = Directory.GetFiles(folder, "*.safetensors.index.json"), files = Directory.GetFiles(folder, "*.safetensors");
        return (indices.Length, files.Length) switch
        {
            (1, _) => indices[0],
            (0, 1) => files[0],
            _ => throw new CheckpointException($"In '{folder}' there should be one .safetensors file or one index; there are {files.Length} and {indices.Length}."),
        };
    }

    /// <summary>Reads a small text file.</summary>
    /// <exception cref="CheckpointException">It is missing or too large.</exception>
    public static string ReadText(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new CheckpointException($"There is no file '{path}'.");
        return file.Length <= 1 << 20 ? File.ReadAllText(path) : throw new CheckpointException($"'{path}' has {file.Length} bytes, which is too much for a configuration.");
    }

    private static string? Recognize(string path)
    {
        var start = new byte[64];
        try
        {
            using var file = File.OpenRead(path);
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"'{path}' can't be read: {exception.Message}", exception);
        }

        var text = Encoding.Latin1.GetString(start);
        if (start.Length == 0)
            return "an empty file";
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return "a Git LFS pointer (the repository was cloned without its large files)";
        if (text.StartsWith("GGUF", StringComparison.Ordinal))
            return "a GGUF file";
        if (text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) || (start[0] == 0x80 && start.Length > 1 && start[1] is > 1 and < 6))
            return "a pickled PyTorch checkpoint, which can run code and is not read";
        if (text.TrimStart().StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.TrimStart().StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "a web page (an error or login page was saved instead of the file)";
        var isIndex = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return !isIndex && text.StartsWith('{') ? "a JSON text (perhaps an error message that was saved instead of the file)" : null;
    }
}
