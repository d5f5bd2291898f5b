using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Tensors.Safetensors;

/// <summary>One safetensors file. Its header is read and checked once; tensors are mapped or loaded on demand. Thread-safe.</summary>
public sealed class SafetensorsFile : ISafetensorsSource, IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Lock _gate = new();
    private TensorStorage? _mapping;

    private SafetensorsFile(string path, SafeFileHandle file)
    {
        (_path, _file) = (path, file);
        var (entries, metadata) = SafetensorsHeader.Read(path, file);
        (Entries, Metadata) = (entries, metadata);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="IOException">The file is missing or can't be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new SafetensorsFile(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Map(string name)
    {
        var (entry, dtype) = Find(name);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_file.IsClosed, this);
            _mapping ??= MapFile();
            _mapping.BeginUse();
        }

        var storage = TensorStorage.Borrow((nint)(_mapping.Address + entry.Offset), entry.ByteCount, _mapping.EndUse);
        return new Tensor(storage, dtype, new Layout(entry.Shape), isOwner: true);
    }

    /// <inheritdoc/>
    public unsafe Tensor Load(string name, TensorMemory memory)
    {
        var (entry, dtype) = Find(name);
        var tensor = Tensor.Allocate(memory, dtype, entry.Shape);
        for (long done = 0; done < entry.ByteCount;)
        {
            var piece = new Span<byte>(tensor.Address() + done, (int)Math.Min(entry.ByteCount - done, 1 << 26));
            var read = RandomAccess.Read(_file, piece, entry.Offset + done);
            if (read <= 0)
            {
                tensor.Dispose();
                throw new SafetensorsException(_path, $"the file ends within '{name}'; it was longer when it was opened.");
            }

            done += read;
        }

        return tensor;
    }

    /// <summary>Closes the file; tensors that are still mapped keep their part until they are disposed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _mapping?.Dispose();
            _file.Dispose();
        }
    }

    private (SafetensorsEntry Entry, DType DType) Find(string name)
    {
        if (!Entries.TryGetValue(name, out var entry))
            throw new SafetensorsException(_path, $"there is no tensor '{name}'.");
        return (entry, entry.DType ?? throw new SafetensorsException(_path, $"'{name}' has elements of type {entry.TypeName}, which can't be read."));
    }

    private unsafe TensorStorage MapFile()
    {
        var mapped = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        return TensorStorage.Borrow((nint)(address + view.PointerOffset), view.Capacity, () =>
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            mapped.Dispose();
        });
    }
}
