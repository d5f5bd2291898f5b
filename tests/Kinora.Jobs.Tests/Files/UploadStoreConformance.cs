using Kinora.Jobs.Files;

namespace Kinora.Jobs.Tests.Files;

/// <summary>What every <see cref="IUploadStore"/> promises, with the <see cref="IFileStore"/> beside it. Inherit it for each database.</summary>
public abstract class UploadStoreConformance
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private protected abstract IUploadStore Uploads { get; }

    private protected abstract IFileStore Files { get; }

    /// <summary>The same uploads as another process sees them.</summary>
    private protected abstract IUploadStore OpenAgain();

    [Fact]
    public async Task A_token_is_its_owners_until_it_expires()
    {
        await Uploads.CreateTokenAsync([1], "ann", s_now.AddHours(1), default);
        Assert.Equal("ann", await OpenAgain().FindTokenOwnerAsync([1], s_now, default));
        Assert.Null(await Uploads.FindTokenOwnerAsync([2], s_now, default));
        Assert.Null(await Uploads.FindTokenOwnerAsync([1], s_now.AddHours(1), default));
        Assert.Equal(0, await Uploads.DeleteExpiredTokensAsync(s_now, default));
        Assert.Equal(1, await Uploads.DeleteExpiredTokensAsync(s_now.AddHours(1), default));
    }

    [Fact]
    public async Task An_upload_is_found_as_it_was_opened()
    {
        var upload = NewUpload("a") with { AnnouncedBytes = 7, Access = "{}", IsMultipart = true };
        await Uploads.CreateAsync(upload, default);
        Assert.Equivalent(upload, await OpenAgain().FindAsync("a", default), strict: true);
        Assert.Null(await Uploads.FindAsync("b", default));
    }

    [Fact]
    public async Task A_part_replaces_the_one_before_and_comes_to_open_uploads_only()
    {
        await Uploads.CreateAsync(NewUpload("a"), default);
        Assert.True(await Uploads.PutPartAsync("a", new UploadPart(2, 5, "x"), default));
        Assert.True(await Uploads.PutPartAsync("a", new UploadPart(1, 3, "y"), default));
        Assert.True(await Uploads.PutPartAsync("a", new UploadPart(2, 6, "z"), default));
        Assert.Equal([new UploadPart(1, 3, "y"), new UploadPart(2, 6, "z")], await OpenAgain().ListPartsAsync("a", default));

        await Uploads.CompleteAsync("a", [1], NewFile("b/a"), default);
        Assert.False(await Uploads.PutPartAsync("a", new UploadPart(3, 1, "w"), default));
        Assert.False(await Uploads.PutPartAsync("nobody", new UploadPart(1, 1, "w"), default));
    }

    [Fact]
    public async Task An_upload_is_finished_once_and_its_file_is_there_with_it()
    {
        await Uploads.CreateAsync(NewUpload("a"), default);
        var other = OpenAgain();
        var both = await Task.WhenAll(Uploads.CompleteAsync("a", [1], NewFile("b/a"), default), other.CompleteAsync("a", [2], NewFile("b/a"), default));

        Assert.Single(both, won => won);
        Assert.Equal(both[0] ? [1] : [2], (await Uploads.FindAsync("a", default))!.ContentHash!);
        Assert.Equivalent(NewFile("b/a"), await Files.FindAsync("b/a", default), strict: true);
        Assert.False(await Uploads.CompleteAsync("nobody", [1], NewFile("b/c"), default));
        Assert.Null(await Files.FindAsync("b/c", default));
    }

    [Fact]
    public async Task Bytes_are_counted_once()
    {
        await Uploads.CreateAsync(NewUpload("a"), default);
        await Uploads.PutPartAsync("a", new UploadPart(1, 3, "y"), default);
        await Uploads.PutPartAsync("a", new UploadPart(2, 4, "z"), default);
        await Files.PutAsync(NewFile("b/output") with { IsOutput = true }, default);
        Assert.Equal(7, await Uploads.MeasureAsync(default));
        await Uploads.CompleteAsync("a", [1], NewFile("b/a") with { LengthBytes = 7 }, default);
        Assert.Equal(7, await Uploads.MeasureAsync(default));
        await Uploads.DeleteAsync("a", default);
        Assert.Equal(7, await Uploads.MeasureAsync(default));
        await Files.DeleteAsync(["b/a"], default);
        Assert.Equal(0, await Uploads.MeasureAsync(default));
    }

    [Fact]
    public async Task Closed_uploads_are_listed_and_open_ones_counted_by_owner()
    {
        await Uploads.CreateAsync(NewUpload("late") with { ClosesAt = s_now.AddHours(2) }, default);
        await Uploads.CreateAsync(NewUpload("early") with { ClosesAt = s_now.AddHours(1) }, default);
        await Uploads.CreateAsync(NewUpload("foreign") with { Owner = "bob" }, default);
        await Uploads.CompleteAsync("early", [1], NewFile("b/a"), default);
        Assert.Equal(["early"], (await Uploads.ListClosedAsync(s_now.AddHours(1), 10, default)).Select(upload => upload.Id));
        Assert.Equal(["early", "late"], (await Uploads.ListClosedAsync(s_now.AddHours(2), 10, default)).Select(upload => upload.Id));
        Assert.Equal(1, await Uploads.CountOpenAsync("ann", default));
    }

    [Fact]
    public async Task Expired_files_are_listed_oldest_first()
    {
        await Files.PutAsync(NewFile("b/never") with { ExpiresAt = null }, default);
        await Files.PutAsync(NewFile("b/two") with { ExpiresAt = s_now.AddHours(2) }, default);
        await Files.PutAsync(NewFile("b/one") with { ExpiresAt = s_now.AddHours(1) }, default);
        Assert.Empty(await Files.ListExpiredAsync(s_now, 10, default));
        Assert.Equal(["b/one", "b/two"], await Files.ListExpiredAsync(s_now.AddYears(1), 10, default));
        Assert.Equal(["b/one"], await Files.ListExpiredAsync(s_now.AddYears(1), 1, default));
    }

    [Fact]
    public async Task Outputs_whose_job_is_gone_are_forgotten_and_uploads_are_not()
    {
        await Files.PutAsync(NewFile("b/output") with { IsOutput = true }, default);
        await Files.PutAsync(NewFile("b/upload"), default);
        Assert.Equal(0, await Files.ForgetOrphansAsync(s_now.AddSeconds(-1), default));
        Assert.Equal(1, await Files.ForgetOrphansAsync(s_now, default));
        Assert.Null(await Files.FindAsync("b/output", default));
        Assert.NotNull(await Files.FindAsync("b/upload", default));
    }

    private static Upload NewUpload(string id) => new()
    {
        Id = id,
        Owner = "ann",
        TokenHash = [1, 2],
        BlobName = "b/" + id,
        ContentType = "image/png",
        IsMultipart = false,
        ClosesAt = s_now.AddDays(1),
        Lifetime = TimeSpan.FromDays(30),
    };

    private static StoredFile NewFile(string name) => new() { BlobName = name, Owner = "ann", LengthBytes = 9, CreatedAt = s_now, ExpiresAt = s_now.AddDays(30), Access = "{}" };
}
