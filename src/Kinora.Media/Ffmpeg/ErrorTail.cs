using System.Text;

namespace Kinora.Media.Ffmpeg;

/// <summary>The last few thousand characters of a child's error output: enough for a reason, however much it writes.</summary>
internal sealed class ErrorTail
{
    /// <summary>Characters kept.</summary>
    public const int Capacity = 4096;

    private readonly StringBuilder text = new();
    private readonly Lock gate = new();

    public void Append(ReadOnlySpan<char> chunk)
    {
        lock (gate)
        {
            text.Append(chunk);
            if (text.Length > Capacity)
                text.Remove(0, text.Length - Capacity);
        }
    }

    /// <summary>Printable text on one line per message, without the control characters a hostile file may have put there.</summary>
    public override string ToString()
    {
        lock (gate)
        {
            var clean = new string([.. text.ToString().Where(c => !char.IsControl(c) || c == '\n')]).Trim();
            return clean.Length == 0 ? "it said nothing" : clean;
        }
    }
}
