using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Kinora.Jobs.Blobs;
using Kinora.Jobs.Files;
using Kinora.Jobs.Sqlite;
using Kinora.Jobs.Usage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Jobs.Tests.Blobs;

/// <summary>What every <see cref="IBlobStore"/> promises. Inherit it for each kind of storage.</summary>
public abstract class BlobStoreConformance : IAsyncLifetime
{
    /// <summary>Three parts and a bit of the smallest size that S3 takes, and more than two of the windows in which it is read.</summary>
    private const int LargeBytes = (17 << 20) + 3;

    private readonly ScratchFolder _sources = new();

    private protected abstract IBlobStore Store { get; }

    /// <summary>Begins to store something and vanishes before it is a blob.</summary>
    private protected abstract Task BeginAndVanishAsync(string name);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        _sources.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_stored_blob_is_read_back_with_its_type_from_any_position()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2, 3, 4, 5], "video/mp4");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.NotNull(content);
        Assert.Equal((5, "video/mp4"), (content.LengthBytes, content.ContentType));
        Assert.InRange(content.LastModified, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        content.Stream.Position = 3;
        Assert.Equal([4, 5], await ReadToEndAsync(content.Stream));
        content.Stream.Seek(-4, SeekOrigin.End);
        Assert.Equal([2, 3, 4, 5], await ReadToEndAsync(content.Stream));
        content.Stream.Position = 9;
        Assert.Empty(await ReadToEndAsync(content.Stream));
    }

    [Fact]
    public async Task An_empty_blob_and_an_odd_type_are_kept()
    {
        string name = Store.CreateName("x");
        await PutAsync(name, [], "application/x-odd; charset=utf-8");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.Equal((0, "application/x-odd; charset=utf-8"), (content!.LengthBytes, content.ContentType));
        Assert.Empty(await ReadToEndAsync(content.Stream));
    }

    [Fact]
    public async Task A_blob_that_is_stored_again_is_replaced()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2, 3], "video/mp4");
        await PutAsync(name, [9], "text/plain");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.Equal((1, "text/plain"), (content!.LengthBytes, content.ContentType));
        Assert.Equal([9], await ReadToEndAsync(content.Stream));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_deleting_it_again_is_no_error()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1], "video/mp4");

        await Store.DeleteAsync(name, default);
        await Store.DeleteAsync(name, default);

        Assert.Null(await Store.TryOpenAsync(name, default));
    }

    [Fact]
    public async Task A_blob_that_is_being_read_can_be_deleted()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1, 2], "video/mp4");
        await using var content = await Store.TryOpenAsync(name, default);

        await Store.DeleteAsync(name, default);

        Assert.Equal([1, 2], await ReadToEndAsync(content!.Stream));
    }

    [Fact]
    public async Task A_blob_whose_source_is_missing_is_not_stored()
    {
        string name = Store.CreateName("clip.mp4");

        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.PutFileAsync(name, _sources.File("missing"), "video/mp4", default));

        Assert.Null(await Store.TryOpenAsync(name, default));
    }

    [Theory]
    [InlineData("clip.mp4", "_clip.mp4")]
    [InlineData("../../etc/passwd", "_passwd")]
    [InlineData(@"..\..\boot.ini", "_boot.ini")]
    [InlineData("a b\0ü?.png", "_a_b___.png")]
    [InlineData("..", "_file")]
    [InlineData("", "_file")]
    [InlineData(".hidden", "_hidden")]
    public async Task Names_keep_what_is_harmless_of_the_file_name(string fileName, string end)
    {
        string name = Store.CreateName(fileName);

        Assert.EndsWith(end, name, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"\A[A-Za-z0-9/._-]+\z"), name);
        await PutAsync(name, [1], "image/png");
        await using var content = await Store.TryOpenAsync(name, default);
        Assert.NotNull(content);
    }

    [Fact]
    public async Task A_file_name_of_any_length_makes_a_name_that_can_be_stored()
    {
        string name = Store.CreateName(new string('a', 5_000) + ".mp4");

        Assert.EndsWith("a.mp4", name, StringComparison.Ordinal);
        await PutAsync(name, [1], "video/mp4");
    }

    [Fact]
    public void No_two_names_are_alike_and_the_random_part_is_long()
    {
        var names = Enumerable.Range(0, 1_000).Select(_ => Store.CreateName("a.mp4")).ToHashSet();

        Assert.Equal(1_000, names.Count);
        // 8 hexadecimal digits and 21 of 64 letters: 158 bits.
        Assert.All(names, name => Assert.Matches(@"\Ab/[0-9a-f]{8}/[A-Za-z0-9_-]{21}_a\.mp4\z", name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("clip.mp4")]
    [InlineData("/etc/passwd")]
    [InlineData("b/00000000/../../../../etc/passwd")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_../x")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_..")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_a\0.mp4")]
    [InlineData("b/00000000/aaaaaaaaaaaaaaaaaaaaa_a.mp4\n")]
    [InlineData("B/00000000/aaaaaaaaaaaaaaaaaaaaa_a.mp4")]
    [InlineData(@"b\00000000\aaaaaaaaaaaaaaaaaaaaa_a.mp4")]
    public async Task A_name_that_it_did_not_make_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(name, [1], "video/mp4"));
        Assert.Null(await Store.TryOpenAsync(name, default));
        await Store.DeleteAsync(name, default);
    }

    [Fact]
    public async Task A_large_blob_is_whole_and_read_from_any_position()
    {
        byte[] large = CreateLarge(1);
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, large, "video/mp4");

        await using var content = await Store.TryOpenAsync(name, default);

        Assert.Equal((LargeBytes, "video/mp4"), (content!.LengthBytes, content.ContentType));
        Assert.Equal(SHA256.HashData(large), await SHA256.HashDataAsync(content.Stream));
        foreach (int position in (int[])[LargeBytes - 1, 5 << 20, (5 << 20) - 1, (8 << 20) + (64 << 10) - 2, 65_535, 65_536, 0])
        {
            byte[] some = new byte[Math.Min(5, LargeBytes - position)];
            content.Stream.Position = position;
            await content.Stream.ReadExactlyAsync(some);
            Assert.Equal(large[position..(position + some.Length)], some);
        }
    }

    [Fact]
    public async Task Of_writers_at_once_under_one_name_one_wins_whole()
    {
        string name = Store.CreateName("clip.mp4");
        byte[][] contents = [.. Enumerable.Range(0, 6).Select(i => Create(i, i % 2 == 0 ? 70_000 : (5 << 20) + 9))];

        await Task.WhenAll(contents.Select(content => PutAsync(name, content, "video/mp4")));

        await using var blob = await Store.TryOpenAsync(name, default);
        byte[] stored = await ReadToEndAsync(blob!.Stream);
        Assert.Contains(contents, content => content.AsSpan().SequenceEqual(stored));
    }

    [Fact]
    public async Task Many_readers_and_writers_at_once_disturb_nobody()
    {
        await Parallel.ForAsync(0, 12, async (i, token) =>
        {
            string name = Store.CreateName("a.png");
            byte[] content = Create(i, 100_000 + i);
            await PutAsync(name, content, "image/png", token);
            await Parallel.ForAsync(0, 3, token, async (_, _) =>
            {
                await using var blob = await Store.TryOpenAsync(name, token);
                Assert.True((await ReadToEndAsync(blob!.Stream)).AsSpan().SequenceEqual(content));
            });
        });
    }

    [Fact]
    public async Task A_reader_gets_one_version_or_an_error_never_a_mixture()
    {
        string name = Store.CreateName("clip.mp4");
        byte[] before = CreateLarge(1);
        await PutAsync(name, before, "video/mp4");
        await using var content = await Store.TryOpenAsync(name, default);
        byte[] read = new byte[LargeBytes];
        await content!.Stream.ReadExactlyAsync(read.AsMemory(0, 100_000));

        await PutAsync(name, CreateLarge(2), "video/mp4");

        try
        {
            await content.Stream.ReadExactlyAsync(read.AsMemory(100_000));
        }
        catch (IOException)
        {
            return;
        }

        Assert.True(before.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public async Task A_cancelled_put_stores_nothing_and_leaves_what_was_there()
    {
        string name = Store.CreateName("clip.mp4");
        await PutAsync(name, [1], "video/mp4");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PutAsync(name, CreateLarge(1), "video/mp4", cancelled.Token));

        await using var content = await Store.TryOpenAsync(name, default);
        Assert.Equal([1], await ReadToEndAsync(content!.Stream));
    }

    [Fact]
    public async Task Blobs_are_listed_by_their_age()
    {
        var names = new List<string>();
        for (int i = 1; i <= 3; i++)
        {
            names.Add(Store.CreateName("a.mp4"));
            await PutAsync(names[^1], new byte[i], "video/mp4");
        }

        var now = TimeProvider.System.GetUtcNow();
        var listed = await Store.ListAsync(now.AddMinutes(5), default).ToListAsync();

        Assert.Equal(names.Order(), listed.Select(blob => blob.Name).Order());
        Assert.Equal([1, 2, 3], listed.Select(blob => blob.LengthBytes).Order());
        Assert.All(listed, blob => Assert.InRange(blob.LastModified, now.AddMinutes(-5), now.AddMinutes(5)));
        Assert.Empty(await Store.ListAsync(now.AddMinutes(-5), default).ToListAsync());
    }

    [Fact]
    public async Task What_was_begun_and_never_finished_is_no_blob_and_is_thrown_away_when_it_is_old()
    {
        string name = Store.CreateName("clip.mp4");
        await BeginAndVanishAsync(name);
        var now = TimeProvider.System.GetUtcNow();

        Assert.Null(await Store.TryOpenAsync(name, default));
        Assert.Empty(await Store.ListAsync(now.AddMinutes(5), default).ToListAsync());
        Assert.Equal(0, await Store.DeleteUnfinishedAsync(now.AddMinutes(-5), default));
        Assert.Equal(1, await Store.DeleteUnfinishedAsync(now.AddMinutes(5), default));
        Assert.Equal(0, await Store.DeleteUnfinishedAsync(now.AddMinutes(5), default));
    }

    [Fact]
    public async Task A_healthy_store_says_so() => await Store.CheckAsync(default);

    [Fact]
    public async Task A_blob_that_nobody_owns_is_collected_once_it_is_old_enough_and_no_other()
    {
        using var scratch = new ScratchFolder();
        await using var database = SqliteDatabase.Open(scratch.File("kinora.db"));
        var (files, uploads, jobs) = (new SqliteFileStore(database), new SqliteUploadStore(database), new SqliteJobStore(database, TimeProvider.System));
        string[] names = [.. Enumerable.Range(0, 4).Select(_ => Store.CreateName("a.mp4"))];
        foreach (string name in names)
            await PutAsync(name, [1], "video/mp4");
        await BeginAndVanishAsync(Store.CreateName("a.mp4"));
        await OwnAsync(jobs, files, uploads, names);
        var clock = new ShiftedClock();
        using var sweeper = new OrphanSweeper(Store, files, TimeSpan.FromDays(2), TimeSpan.FromHours(6), clock, NullLogger<OrphanSweeper>.Instance);

        Assert.Equal(0, await sweeper.SweepAsync(default));
        clock.Shift = TimeSpan.FromDays(3);
        Assert.Equal(1, await sweeper.SweepAsync(default));

        Assert.Null(await Store.TryOpenAsync(names[3], default));
        Assert.Equal(names[..3].Order(), (await Store.ListAsync(clock.GetUtcNow(), default).ToListAsync()).Select(blob => blob.Name).Order());
        Assert.Equal(0, await Store.DeleteUnfinishedAsync(clock.GetUtcNow(), default));
    }

    // The first is a job's, the second a noted file, the third an upload's that is under way.
    private static async Task OwnAsync(SqliteJobStore jobs, SqliteFileStore files, SqliteUploadStore uploads, string[] names)
    {
        await jobs.EnqueueAsync(NewJobs.Create(), default);
        var job = await jobs.TryClaimAsync("worker", TimeSpan.FromMinutes(1), default);
        Assert.True(await jobs.CompleteAsync(job!.Id, job.Attempt, "{}", new JobCharge(1), [names[0]], default));
        var now = TimeProvider.System.GetUtcNow();
        await files.PutAsync(new StoredFile { BlobName = names[1], Owner = "local", LengthBytes = 1, CreatedAt = now, ExpiresAt = now.AddDays(30) }, default);
        await uploads.CreateAsync(
            new Upload
            {
                Id = "u",
                Owner = "local",
                TokenHash = new byte[32],
                BlobName = names[2],
                ContentType = "video/mp4",
                IsMultipart = false,
                ClosesAt = now.AddDays(1),
                Lifetime = TimeSpan.FromDays(1),
            },
            default);
    }

    private protected static async Task<byte[]> ReadToEndAsync(Stream stream)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    private protected static byte[] CreateLarge(int seed) => Create(seed, LargeBytes);

    private protected static byte[] Create(int seed, int length)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    private protected async Task PutAsync(string name, byte[] content, string contentType, CancellationToken cancellationToken = default)
    {
        string path = _sources.File(Guid.NewGuid().ToString());
        await File.WriteAllBytesAsync(path, content, CancellationToken.None);
        await Store.PutFileAsync(name, path, contentType, cancellationToken);
    }

    /// <summary>The real clock, some time on.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        internal TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
