using System.Text;

namespace Kinora.Diffusion.Weights.Download;

/// <summary>
/// Which ranges of a half-fetched file have come: a small file beside the <c>.part</c>. Its first line says which content the ranges belong to;
/// after it stands one byte per range, 1 when the range is on disk.
/// </summary>
internal sealed class RangeLedger : IDisposable
{
    private readonly FileStream _file;
    private readonly byte[] _done;
    private readonly int _headerBytes;
    private readonly Lock _lock = new();
    private int _next;

    private RangeLedger(FileStream file, int headerBytes, byte[] done) => (_file, _headerBytes, _done) = (file, headerBytes, done);

    /// <summary>Ranges that have come.</summary>
    public int DoneCount => _done.Count(mark => mark == 1);

    /// <summary>Opens the ledger of a file, or begins one if there is none or it belongs to another content.</summary>
    public static RangeLedger Open(string path, string identity, long bytes, int rangeBytes)
    {
        var header = Encoding.ASCII.GetBytes($"kinora-ranges {identity} {bytes} {rangeBytes}\n");
        var done = new byte[(int)((bytes + rangeBytes - 1) / rangeBytes)];
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var known = new byte[header.Length + done.Length];
        if (file.Length == known.Length && file.ReadAtLeast(known, known.Length, throwOnEndOfStream: false) == known.Length && known.AsSpan(0, header.Length).SequenceEqual(header))
        {
            known.AsSpan(header.Length).CopyTo(done);
        }
        else
        {
            file.SetLength(0);
            file.Position = 0;
            file.Write(header);
            file.Write(done);
            file.Flush(flushToDisk: true);
        }

        return new RangeLedger(file, header.Length, done);
    }

    /// <summary>Gives out the next range that has not come, or null. Each is given out once.</summary>
    public int? TakeNext()
    {
        lock (_lock)
        {
            while (_next < _done.Length && _done[_next] == 1)
                _next++;
            return _next < _done.Length ? _next++ : null;
        }
    }

    /// <summary>Notes that a range is on disk.</summary>
    public void MarkDone(int range)
    {
        lock (_lock)
        {
            _done[range] = 1;
            _file.Position = _headerBytes + range;
            _file.WriteByte(1);
            _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Closes it; the file stays.</summary>
    public void Dispose() => _file.Dispose();
}
