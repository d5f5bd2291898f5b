using Kinora.Jobs.Blobs.S3;
using Kinora.Jobs.Tests.Blobs.S3;
using Kinora.Jobs.Tests.Postgres;

namespace Kinora.Cli.Tests.Commands;

public sealed class DoctorCommandTests(S3Server s3)
{
    [Fact]
    public async Task Doctor_finds_everything_on_a_machine_that_is_set_up()
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunAsync("doctor", "--data", data.Path);

        Assert.Equal(0, run.ExitCode);
        foreach (var what in (string[])["ffmpeg", "limits on decoding", "database", "free space"])
            Assert.Contains($"ok      {what}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_looks_at_a_PostgreSQL_database_and_leaves_it_as_it_is()
    {
        using var data = new TemporaryDirectory();
        var database = await SharedPostgres.CreateDatabaseAsync();

        var empty = await KinoraProcess.RunAsync("doctor", "--data", data.Path, "--database", database);
        await KinoraProcess.RunAsync("queue", "show", "--database", database);
        var migrated = await KinoraProcess.RunAsync("doctor", "--data", data.Path, "--database", database);

        Assert.True(empty.ExitCode == 0, empty.Output + empty.Errors);
        Assert.Contains("ok      database: PostgreSQL ", empty.Output, StringComparison.Ordinal);
        Assert.Matches("ok      tables: [0-9]+ migrations are missing", empty.Output);
        Assert.Contains("ok      tables: up to date", migrated.Output, StringComparison.Ordinal);
        Assert.Matches(@"ok      clocks: the database's differs from this machine's by [+-]?[0-9.]+ s", migrated.Output);
        Assert.Matches("ok      connections: [0-9]+ of [0-9]+ are in use; each server or worker takes up to 16", migrated.Output);
        Assert.Contains("ok      pooler: none in between", migrated.Output, StringComparison.Ordinal);
        Assert.Contains("ok      notifications: they arrive", migrated.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(data.File("kinora.db")));
    }

    [Fact]
    public async Task Doctor_finds_a_pool_that_is_larger_than_the_server_allows()
    {
        using var data = new TemporaryDirectory();
        var run = await KinoraProcess.RunAsync("doctor", "--data", data.Path, "--database", await SharedPostgres.CreateDatabaseAsync() + "?pool_size=2000");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("missing connections: .*Lower pool_size", run.Output);
    }

    [Fact]
    public async Task Doctor_says_that_a_database_does_not_answer_and_keeps_its_password()
    {
        using var data = new TemporaryDirectory();
        var run = await KinoraProcess.RunAsync("doctor", "--data", data.Path, "--database", "postgres://kinora:secret@127.0.0.1:1/kinora");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("missing database: The database could not be opened", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_finds_a_pooler_in_transaction_mode_that_the_url_does_not_tell_of()
    {
        using var data = new TemporaryDirectory();
        var database = new Uri(await SharedPostgres.CreateDatabaseAsync());
        await using var pooler = await TransactionPooler.StartAsync(database);

        var untold = await KinoraProcess.RunAsync("doctor", "--data", data.Path, "--database", pooler.Url);
        var told = await KinoraProcess.RunAsync("doctor", "--data", data.Path, "--database", pooler.Url + "?pooler=transaction");

        Assert.Equal(1, untold.ExitCode);
        Assert.Contains("missing pooler: there is one in transaction mode in between", untold.Output, StringComparison.Ordinal);
        Assert.True(told.ExitCode == 0, told.Output + told.Errors);
        Assert.Contains("ok      pooler: one in transaction mode, as the URL says", told.Output, StringComparison.Ordinal);
        Assert.Contains("without notifications: they do not arrive", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_stores_reads_and_deletes_in_a_bucket()
    {
        using var data = new TemporaryDirectory();
        var bucket = await s3.CreateBucketAsync();

        var good = await RunOnBucketAsync(data, bucket);
        var bad = await RunOnBucketAsync(data, bucket with { SecretKey = "wrong" });

        Assert.True(good.ExitCode == 0, good.Output + good.Errors);
        Assert.Contains($"ok      storage: bucket {bucket.Bucket}", good.Output, StringComparison.Ordinal);
        using var blobs = new S3BlobStore(bucket, TimeProvider.System);
        Assert.Empty(await blobs.ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("missing storage", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_how_to_get_what_is_missing()
    {
        using var data = new TemporaryDirectory();

        var run = await KinoraProcess.RunWithPathAsync(data.Path, "doctor", "--data", data.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("apt-get install ffmpeg", run.Output, StringComparison.Ordinal);
    }

    private static Task<KinoraProcess> RunOnBucketAsync(TemporaryDirectory data, S3Options bucket) => KinoraProcess.RunAsync(
        new Dictionary<string, string>
        {
            ["KINORA_S3__AccessKey"] = bucket.AccessKey!,
            ["KINORA_S3__SecretKey"] = bucket.SecretKey!,
            ["KINORA_S3__Region"] = bucket.Region,
        },
        "doctor", "--data", data.Path, "--s3-bucket", bucket.Bucket, "--s3-endpoint", bucket.Endpoint!.ToString());
}
