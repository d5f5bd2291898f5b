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
        Assert.True(await Uploads.PutPartAsync("a", new UploadPart(2, 5, "x", "b/x"), default));
        Assert.True(await Uploads.PutPartAsync("a", new UploadPart(1, 3, "y", "b/y"), default));
        Assert.True(await Uploads.PutPartAsync("a", new UploadPart(2, 6, "z", "b/z"), default));
        Assert.Equal([new UploadPart(1, 3, "y", "b/y"), new UploadPart(2, 6, "z", "b/z")], await OpenAgain().ListPartsAsync("a", default));

        await Uploads.CompleteAsync("a", [1], NewFile("b/a"), default);
        Assert.False(await Uploads.PutPartAsync("a", new UploadPart(3, 1, "w", "b/w"), default));
        Assert.False(await Uploads.PutPartAsync("nobody", new UploadPart(1, 1, "w", "b/w"), default));
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
    public async Task A_pinned_upload_takes_no_other_content()
    {
        await Uploads.CreateAsync(NewUpload("a"), default);
        Assert.True(await Uploads.PinAsync("a", [1], default));
        Assert.True(await OpenAgain().PinAsync("a", [1], default));
        Assert.False(await OpenAgain().PinAsync("a", [2], default));
        Assert.False(await Uploads.PinAsync("nobody", [1], default));

        Assert.True(await Uploads.CompleteAsync("a", [1], NewFile("b/a"), default));
        Assert.False(await Uploads.PinAsync("a", [1], default));
    }

    [Fact]
    public async Task Of_those_who_pin_different_content_at_once_one_wins()
    {
        await Uploads.CreateAsync(NewUpload("a"), default);
        var other = OpenAgain();

        var pins = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Uploads : other).PinAsync("a", [(byte)i], default)));

        Assert.Single(pins, won => won);
    }

    [Fact]
    public async Task A_deleted_upload_is_given_as_it_was()
    {
        await Uploads.CreateAsync(NewUpload("open"), default);
        await Uploads.CreateAsync(NewUpload("done"), default);
        await Uploads.CompleteAsync("done", [1], NewFile("b/done"), default);

        Assert.Null((await Uploads.DeleteAsync("open", default))!.ContentHash);
        Assert.Equal([1], (await Uploads.DeleteAsync("done", default))!.ContentHash!);
        Assert.Null(await Uploads.DeleteAsync("done", default));
    }

    [Fact]
    public async Task A_blob_is_owned_by_files_uploads_and_parts()
    {
        await Files.PutAsync(NewFile("b/file"), default);
        await Uploads.CreateAsync(NewUpload("upload"), default);
        await Uploads.PutPartAsync("upload", new UploadPart(1, 3, "y", "b/part"), default);

        Assert.Equal(["b/nobody's"], await Files.FindUnownedAsync(["b/file", "b/upload", "b/nobody's", "b/part"], default));
        await Uploads.DeleteAsync("upload", default);
        Assert.Equal(["b/part", "b/upload"], (await Files.FindUnownedAsync(["b/file", "b/upload", "b/part"], default)).Order());
        Assert.Empty(await Files.FindUnownedAsync([], default));
    }

    [Fact]
    public async Task Bytes_are_counted_once()
    {
        await Uploads.CreateAsync(NewUpload("a"), default);
        await Uploads.PutPartAsync("a", new UploadPart(1, 3, "y", "b/y"), default);
        await Uploads.PutPartAsync("a", new UploadPart(2, 4, "z", "b/z"), default);
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
