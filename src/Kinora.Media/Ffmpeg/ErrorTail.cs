using System.Text;
using System.Text.RegularExpressions;

namespace Kinora.Media.Ffmpeg;

/// <summary>The last few thousand characters of a child's error output: enough for a reason, however much it writes.</summary>
internal sealed partial class ErrorTail
{
    /// <summary>Characters kept.</summary>
    public const int Capacity = 4096;

    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();

    public void Append(ReadOnlySpan<char> chunk)
    {
        lock (_gate)
        {
            _text.Append(chunk);
            if (_text.Length > Capacity)
                _text.Remove(0, _text.Length - Capacity);
        }
    }

    /// <summary>The messages, each once, without memory addresses and without the control characters that a hostile file may have put there.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var clean = new string([.. _text.ToString().Where(c => !char.IsControl(c) || c == '\n')]);
            var lines = Address().Replace(clean, "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return lines.Length == 0 ? "it said nothing" : string.Join("; ", lines.Distinct());
        }
    }

    [GeneratedRegex(" @ 0x[0-9a-f]+")]
    private static partial Regex Address();
}
