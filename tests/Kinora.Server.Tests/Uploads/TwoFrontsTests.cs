using System.Text.Json.Nodes;
using static Kinora.Server.Tests.Uploads.UploadServer;

namespace Kinora.Server.Tests.Uploads;

/// <summary>Uploads whose requests a load balancer spreads over fronts that share a database and blobs, and no disk for what comes in.</summary>
public sealed class TwoFrontsTests
{
    [Fact]
    public async Task Parts_may_come_to_any_front_and_be_joined_by_any()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(beside: one);
        var (uploadUrl, fileUrl) = await one.OpenAsync(isMultipart: true);
        byte[][] contents = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)i, 200_000 + i).ToArray())];
        var parts = new List<JsonNode>();
        for (var i = 0; i < contents.Length; i++)
            parts.Add(await (i % 2 == 0 ? two : one).PutPartAsync(PathOf(uploadUrl), i + 1, contents[i]));
        // Again, at the other front: it replaces the first.
        parts[2] = await one.PutPartAsync(PathOf(uploadUrl), 3, contents[2]);

        Assert.Equal(200, (await two.CompleteAsync(PathOf(uploadUrl), parts)).Code);

        Assert.Equal(contents.SelectMany(part => part), (await one.ReadAsync(fileUrl))!);
        Assert.Single(await one.StoredAsync());
        Assert.Empty(one.Staged());
        Assert.Empty(two.Staged());
    }

    [Fact]
    public async Task Both_may_complete_at_once()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(beside: one);
        for (var round = 0; round < 10; round++)
        {
            var (uploadUrl, fileUrl) = await one.OpenAsync(isMultipart: true);
            var part = await one.PutPartAsync(PathOf(uploadUrl), 1, [1, 2, 3]);

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? one : two).CompleteAsync(PathOf(uploadUrl), part)));

            Assert.All(answers, answer => Assert.Equal(200, answer.Code));
            Assert.Equal([1, 2, 3], await two.ReadAsync(PathOf(fileUrl)));
        }
    }

    [Fact]
    public async Task Of_different_contents_at_once_one_is_the_file_and_the_others_are_told()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(beside: one);
        for (var round = 0; round < 5; round++)
        {
            var (uploadUrl, fileUrl) = await one.OpenAsync();
            var contents = Enumerable.Range(0, 6).Select(i => Enumerable.Repeat((byte)i, 300_000).ToArray()).ToArray();

            var codes = await Task.WhenAll(contents.Select(async (content, i) => (await (i % 2 == 0 ? one : two).PutAsync(PathOf(uploadUrl), content)).Code));

            Assert.Equal([200, 403, 403, 403, 403, 403], codes.Order());
            Assert.Equal(contents[Array.IndexOf(codes, 200)], await two.ReadAsync(PathOf(fileUrl)));
        }
    }

    [Fact]
    public async Task A_sweep_on_one_front_takes_nothing_that_another_has_just_finished()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(beside: one);
        var (uploadUrl, fileUrl) = await one.OpenAsync();
        await one.PutAsync(uploadUrl, [7]);

        two.Clock.Move(TimeSpan.FromHours(26));
        await two.Sweep.RunAsync(CancellationToken.None);

        Assert.Equal([7], await one.ReadAsync(fileUrl));
    }

    // The same address at whichever front the client's own base address names.
    private static string PathOf(string url) => new Uri(url).PathAndQuery;
}
