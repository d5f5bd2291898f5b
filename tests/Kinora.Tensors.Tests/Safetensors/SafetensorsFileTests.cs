using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kinora.Tensors.Backends.Cpu;
using Kinora.Tensors.Safetensors;

namespace Kinora.Tensors.Tests.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-tensors-").FullName;
    private readonly TensorMemory _memory = new(1 << 24);

    public void Dispose()
    {
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_is_written_is_read_back_mapped_and_loaded()
    {
        using var scope = new TensorScope(_memory);
        var floats = scope.From<float>([1, 2, 3, 4, 5, 6], [2, 3]);
        var bytes = scope.From<sbyte>([-1, 2, -3], [3]);
        var empty = scope.Empty([0, 4], DType.BFloat16);
        var path = Path.Combine(_folder, "a.safetensors");
        SafetensorsWriter.Write(path, [new("x.floats", floats), new("x.bytes", bytes), new("empty", empty)], new Dictionary<string, string> { ["config"] = "{\"a\": \"ü\"}" });
        using var file = SafetensorsFile.Open(path);
        Assert.Equal("{\"a\": \"ü\"}", file.Metadata["config"]);
        Assert.Equal(["empty", "x.bytes", "x.floats"], file.Entries.Keys.Order());
        using var mapped = file.Map("x.floats");
        Assert.True(mapped.IsReadOnly);
        Assert.Equal([1, 2, 3, 4, 5, 6], mapped.AsReadOnlySpan<float>().ToArray());
        Assert.Equal([-1, 2, -3], scope.Add(file.Load("x.bytes", _memory)).AsSpan<sbyte>().ToArray());
        Assert.Equal(0, scope.Add(file.Map("empty")).Shape.ElementCount);
        Assert.Equal([-1, 2, -3], scope.Add(new SafetensorsScope(file, "x.").Map("bytes")).AsReadOnlySpan<sbyte>().ToArray());
        Assert.False(File.Exists(path + ".part"));
    }

    [Fact]
    public void A_mapped_tensor_outlives_its_file_and_refuses_to_be_written()
    {
        using var scope = new TensorScope(_memory);
        var path = Path.Combine(_folder, "a.safetensors");
        SafetensorsWriter.Write(path, [new("a", scope.From<float>([1, 2], [2]))]);
        Tensor mapped;
        using (var file = SafetensorsFile.Open(path))
            mapped = file.Map("a");
        Assert.Equal(2, mapped.AsReadOnlySpan<float>()[1]);
        Assert.Throws<TensorException>(() => mapped.AsSpan<float>().Length);
        using var backend = CpuBackend.Create(new() { Threads = 1, MemoryBudgetBytes = 1 << 20 });
        Assert.Contains("read-only", Assert.Throws<TensorException>(() => backend.Fill(mapped, 1)).Message, StringComparison.Ordinal);
        mapped.Dispose();
        Assert.Throws<ObjectDisposedException>(() => mapped.AsReadOnlySpan<float>().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    [InlineData("{\"__metadata__\":{\"a\":{}}}")]
    [InlineData("{\"__metadata__\":{\"a\":[[[[[[[[[[1]]]]]]]]]]}}")]
    [InlineData("{\"\\uD800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}")]
    public void A_header_that_lies_is_refused(string header)
    {
        var path = Save(Encoding.UTF8.GetBytes(header), (ulong)header.Length, data: 8);
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(path));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(100_000_001UL)]
    [InlineData(60UL)]
    public void A_header_longer_than_the_file_or_the_limit_is_refused(ulong length) =>
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(Save("{}"u8.ToArray(), length, data: 8)));

    [Fact]
    public void Any_flipped_cut_or_inserted_bytes_give_a_file_that_is_refused_or_safe_to_read()
    {
        using var scope = new TensorScope(_memory);
        var path = Path.Combine(_folder, "whole.safetensors");
        SafetensorsWriter.Write(path, [new("a", scope.From<float>([1, 2, 3], [3])), new("b", scope.From<sbyte>([1, 2], [2, 1]))], new Dictionary<string, string> { ["k"] = "v" });
        var whole = File.ReadAllBytes(path);
        var broken = Path.Combine(_folder, "broken.safetensors");
        var edits = ArbMap.Default.ArbFor<(NonNegativeInt At, byte Value, int Kind)[]>();
        var opened = 0;
        Prop.ForAll(edits, changes =>
        {
            File.WriteAllBytes(broken, Edit(whole, changes));
            try
            {
                using var file = SafetensorsFile.Open(broken);
                opened++;
                foreach (var entry in file.Entries.Values.Where(entry => entry.DType is not null))
                {
                    using var loaded = file.Load(entry.Name, _memory);
                    using var mapped = file.Map(entry.Name);
                    Assert.Equal(loaded.Bytes().ToArray(), mapped.Bytes().ToArray());
                }
            }
            catch (SafetensorsException)
            {
                return;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
        Assert.InRange(opened, 1, 1499);
    }

    [Fact]
    public void A_file_that_shrank_after_it_was_opened_is_refused_by_load()
    {
        using var scope = new TensorScope(_memory);
        var path = Path.Combine(_folder, "a.safetensors");
        SafetensorsWriter.Write(path, [new("a", scope.Zeros([1000]))]);
        using var file = SafetensorsFile.Open(path);
        var before = _memory.InUseBytes;
        using (var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            RandomAccess.SetLength(handle, 500);
        Assert.Throws<SafetensorsException>(() => file.Load("a", _memory));
        Assert.Equal(before, _memory.InUseBytes);
    }

    [Fact]
    public void A_tensor_of_an_unreadable_type_is_listed_but_not_read()
    {
        var header = "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[8],\"data_offsets\":[0,8]}}";
        using var file = SafetensorsFile.Open(Save(Encoding.UTF8.GetBytes(header), (ulong)header.Length, data: 8));
        Assert.Null(file.Entries["a"].DType);
        Assert.Contains("BOOL", Assert.Throws<SafetensorsException>(() => file.Map("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_leaves_nothing_behind()
    {
        using var scope = new TensorScope(_memory);
        var path = Path.Combine(_folder, "a.safetensors");
        Assert.Throws<SafetensorsException>(() => SafetensorsWriter.Write(path, [new("a", scope.Zeros([2, 2]).Permute(1, 0))]));
        Assert.Throws<SafetensorsException>(() => SafetensorsWriter.Write(path, [new("a", scope.Zeros([2])), new("a", scope.Zeros([2]))]));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static byte[] Edit(byte[] whole, (NonNegativeInt At, byte Value, int Kind)[] changes)
    {
        var bytes = whole.ToList();
        foreach (var (at, value, kind) in changes)
        {
            var index = at.Get % Math.Max(1, bytes.Count);
            if (Math.Abs(kind % 8) == 0)
                bytes.RemoveRange(index, bytes.Count - index);
            else if (Math.Abs(kind % 8) == 1)
                bytes.Insert(index, value);
            else if (index < bytes.Count)
                bytes[index] = Math.Abs(kind % 8) < 4 ? (byte)('0' + (value % 10)) : value;
        }

        return [.. bytes];
    }

    private string Save(byte[] header, ulong length, int data)
    {
        var path = Path.Combine(_folder, "made.safetensors");
        var bytes = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        header.CopyTo(bytes, 8);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
