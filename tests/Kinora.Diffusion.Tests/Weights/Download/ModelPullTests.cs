using Kinora.Diffusion.Weights;
using Kinora.Diffusion.Weights.Download;

namespace Kinora.Diffusion.Tests.Weights.Download;

/// <summary>A pull against a hub on loopback that behaves, drops, corrupts, throttles and lies.</summary>
public sealed class ModelPullTests
{
    [Fact]
    public async Task A_pulled_model_is_listed_with_the_bytes_and_hashes_of_the_hub()
    {
        await using var house = await PullHouse.OpenAsync();

        var manifest = await house.PullAsync();

        Assert.Equal(Hub.Commit, manifest.Commit);
        Assert.Equal(["tiny.safetensors", "extra/config.json"], manifest.Files.Select(file => file.Path));
        Assert.Equal(house.Hub.Files["tiny.safetensors"], await File.ReadAllBytesAsync(house.WeightsPath));
        Assert.Equal(manifest.Files, house.Folder.Find("tiny")!.Files);
        Assert.Empty(await house.Folder.VerifyAsync("tiny", CancellationToken.None));
        Assert.False(File.Exists(Path.Combine(house.Folder.PathOf("tiny"), "README.md")));
        Assert.Empty(Directory.GetFiles(house.Folder.PathOf("tiny"), "*.part*"));
    }

    [Fact]
    public async Task The_licence_is_shown_whole_and_asked_for_once()
    {
        await using var house = await PullHouse.OpenAsync();

        await house.PullAsync();
        house.Folder.Remove("tiny");
        await house.PullAsync();
        Assert.Equal("You may.", Assert.Single(house.Questions).Text);

        house.Hub.Files["LICENCE.txt"] = "You may not."u8.ToArray();
        await house.PullAsync();
        Assert.Equal("You may not.", house.Questions[^1].Text);
    }

    [Fact]
    public async Task Without_the_licence_nothing_is_downloaded()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Accepts = false;

        var refusal = await Assert.ThrowsAsync<DiffusionException>(() => house.PullAsync());

        Assert.Contains("Test Licence", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(house.Hub.Asked, asked => asked.Path != "LICENCE.txt");
    }

    [Fact]
    public async Task A_second_pull_fetches_nothing_again()
    {
        await using var house = await PullHouse.OpenAsync();
        await house.PullAsync();
        house.Hub.Asked.Clear();

        await house.PullAsync();

        Assert.DoesNotContain(house.Hub.Asked, asked => asked.Path != "LICENCE.txt");
    }

    [Fact]
    public async Task Connections_that_drop_in_the_middle_go_on_where_they_ended()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Misbehave = async (http, path, first, before) =>
        {
            if (path != "tiny.safetensors" || first % PullHouse.RangeBytes != 0 || before > 0)
                return false;
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {first}-{Math.Min(first + PullHouse.RangeBytes, 1_000_000) - 1}/1000000";
            http.Response.ContentLength = Math.Min(PullHouse.RangeBytes, 1_000_000 - first);
            await http.Response.Body.WriteAsync(house.Hub.Files[path].AsMemory((int)first, 1000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(20);
            http.Abort();
            return true;
        };

        await house.PullAsync();

        Assert.Equal(house.Hub.Files["tiny.safetensors"], await File.ReadAllBytesAsync(house.WeightsPath));
        Assert.Contains(house.Hub.Asked, asked => asked.First % PullHouse.RangeBytes == 1000);
    }

    [Fact]
    public async Task What_came_before_an_interruption_is_not_fetched_again()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Options = house.Options with { Connections = 1 };
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.PullAsync(progress => { if (progress.ReceivedBytes > 500_000) stop.Cancel(); }, stop.Token));
        Assert.False(File.Exists(house.WeightsPath));
        Assert.Null(house.Folder.Find("tiny"));
        house.Hub.Asked.Clear();

        var total = 0L;
        await house.PullAsync(progress => total = Math.Max(total, progress.ReceivedBytes));

        Assert.DoesNotContain(house.Hub.Asked, asked => asked is { Path: "tiny.safetensors", First: < 400_000 });
        Assert.Equal(house.Hub.Files["tiny.safetensors"], await File.ReadAllBytesAsync(house.WeightsPath));
        Assert.Equal(1_000_002, total);
    }

    [Fact]
    public async Task Ranges_of_another_content_are_not_mixed_in()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Options = house.Options with { Connections = 1 };
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.PullAsync(progress => { if (progress.ReceivedBytes > 500_000) stop.Cancel(); }, stop.Token));
        house.Hub.Files["tiny.safetensors"] = Hub.Noise(1_000_000, seed: 2);

        await house.PullAsync();

        Assert.Equal(house.Hub.Files["tiny.safetensors"], await File.ReadAllBytesAsync(house.WeightsPath));
    }

    [Fact]
    public async Task A_corrupted_content_is_an_error_and_never_gets_its_name()
    {
        await using var house = await PullHouse.OpenAsync();
        var honest = house.Hub.Files["tiny.safetensors"];
        house.Hub.Misbehave = (http, path, first, _) => path == "tiny.safetensors" && first == 0 ? CorruptAsync(http, honest) : Task.FromResult(false);

        var problem = await Assert.ThrowsAsync<HubException>(() => house.PullAsync());

        Assert.Contains("SHA-256", problem.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(house.WeightsPath));
        Assert.False(File.Exists(house.WeightsPath + ".part"));
        Assert.Null(house.Folder.Find("tiny"));

        house.Hub.Misbehave = null;
        await house.PullAsync();
        Assert.Equal(honest, await File.ReadAllBytesAsync(house.WeightsPath));
    }

    [Fact]
    public async Task A_corrupted_small_file_is_found_by_its_git_id()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Relist = entry => { if (entry["path"]!.GetValue<string>() == "extra/config.json") entry["oid"] = new string('a', 40); };

        await Assert.ThrowsAsync<HubException>(() => house.PullAsync());

        Assert.Null(house.Folder.Find("tiny"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_hub_that_is_busy_is_asked_again(int status)
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Misbehave = (http, path, _, before) =>
        {
            if (path != "tiny.safetensors" || before > 0)
                return Task.FromResult(false);
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "0";
            return Task.FromResult(true);
        };

        await house.PullAsync();

        Assert.Empty(await house.Folder.VerifyAsync("tiny", CancellationToken.None));
    }

    [Fact]
    public async Task A_hub_that_stays_broken_is_given_up_on_after_the_attempts()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Options = house.Options with { Connections = 1 };
        house.Hub.Misbehave = (http, path, _, _) => Task.FromResult(path == "tiny.safetensors" && (http.Response.StatusCode = 500) == 500);

        var problem = await Assert.ThrowsAsync<HubException>(() => house.PullAsync());

        Assert.Contains("after 3 tries", problem.Message, StringComparison.Ordinal);
        Assert.Equal(3, house.Hub.Asked.Count(asked => asked.Path == "tiny.safetensors"));
    }

    [Fact]
    public async Task A_hub_that_wants_an_account_is_not_asked_again_and_the_token_is_sent_when_there_is_one()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Options = house.Options with { Connections = 1, Token = "hf_secret" };
        house.Hub.Misbehave = (http, path, _, _) => Task.FromResult(path == "tiny.safetensors" && (http.Response.StatusCode = 403) == 403);

        var problem = await Assert.ThrowsAsync<HubException>(() => house.PullAsync());

        Assert.Contains("HF_TOKEN", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, house.Hub.Asked.Count(asked => asked.Path == "tiny.safetensors"));
        Assert.Equal("Bearer hf_secret", house.Hub.SeenToken);
    }

    [Fact]
    public async Task A_silent_connection_counts_as_failed()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Options = house.Options with { StallTimeout = TimeSpan.FromMilliseconds(300) };
        house.Hub.Misbehave = async (http, path, first, before) =>
        {
            if (path != "tiny.safetensors" || first != 0 || before > 0)
                return false;
            await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await house.PullAsync();

        Assert.Equal(2, house.Hub.Asked.Count(asked => asked == ("tiny.safetensors", 0)));
    }

    [Fact]
    public async Task A_hub_that_sends_another_range_than_asked_is_not_believed()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Misbehave = async (http, path, first, before) =>
        {
            if (path != "tiny.safetensors" || first == 0 || before > 0)
                return false;
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = "bytes 0-65535/1000000";
            await http.Response.Body.WriteAsync(house.Hub.Files[path].AsMemory(0, 65536));
            return true;
        };

        await house.PullAsync();

        Assert.Equal(house.Hub.Files["tiny.safetensors"], await File.ReadAllBytesAsync(house.WeightsPath));
    }

    [Fact]
    public async Task A_hub_without_ranges_is_read_from_the_start()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Misbehave = async (http, path, _, _) =>
        {
            try
            {
                await http.Response.Body.WriteAsync(house.Hub.Files[path]);
            }
            catch (OperationCanceledException)
            {
                // The client has what it wanted.
            }

            return true;
        };

        await house.PullAsync();

        Assert.Equal(house.Hub.Files["tiny.safetensors"], await File.ReadAllBytesAsync(house.WeightsPath));
    }

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/etc/tiny.safetensors")]
    [InlineData("a\\..\\tiny.safetensors")]
    public void A_listing_cannot_lead_out_of_the_models_folder(string path) =>
        Assert.Throws<CheckpointException>(() => ModelFolder.Contain("/models/tiny", path));

    [Fact]
    public async Task A_repository_that_lacks_a_file_says_which()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Files.Remove("tiny.safetensors");

        var problem = await Assert.ThrowsAsync<HubException>(() => house.PullAsync());

        Assert.Contains("tiny.safetensors", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_is_no_listing_is_told_from_a_hub()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Hub.Relist = entry => entry["size"] = "large";

        var problem = await Assert.ThrowsAsync<HubException>(() => house.PullAsync());

        Assert.False(problem.CanRetry);
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_told_before_the_download()
    {
        await using var house = await PullHouse.OpenAsync();
        house.Options = house.Options with { SpareBytes = long.MaxValue / 2 };

        var problem = await Assert.ThrowsAsync<DiffusionException>(() => house.PullAsync());

        Assert.Contains("GB are free", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(house.Hub.Asked, asked => asked.Path != "LICENCE.txt");
    }

    [Fact]
    public async Task Two_pulls_of_one_model_at_once_do_not_mix()
    {
        await using var house = await PullHouse.OpenAsync();
        var held = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        house.Hub.Misbehave = async (_, path, _, _) =>
        {
            if (path == "tiny.safetensors")
            {
                reached.TrySetResult();
                await held.Task;
            }

            return false;
        };
        var first = house.PullAsync();
        await reached.Task;

        var problem = await Assert.ThrowsAsync<HubException>(() => house.PullAsync());
        held.SetResult();
        await first;

        Assert.Contains("another process", problem.Message, StringComparison.Ordinal);
        Assert.Empty(await house.Folder.VerifyAsync("tiny", CancellationToken.None));
    }

    [Fact]
    public async Task Verifying_finds_a_changed_byte_a_missing_file_and_a_short_one()
    {
        await using var house = await PullHouse.OpenAsync();
        await house.PullAsync();
        await using (var file = File.OpenWrite(house.WeightsPath))
        {
            file.Position = 777;
            file.WriteByte((byte)~house.Hub.Files["tiny.safetensors"][777]);
        }

        Assert.Contains("the disk has changed it", Assert.Single(await house.Folder.VerifyAsync("tiny", CancellationToken.None)), StringComparison.Ordinal);

        File.Delete(house.WeightsPath);
        await File.WriteAllTextAsync(Path.Combine(house.Folder.PathOf("tiny"), "extra", "config.json"), "{");
        Assert.Equal(2, (await house.Folder.VerifyAsync("tiny", CancellationToken.None)).Count);
        Assert.Null(house.Folder.Find("tiny"));
    }

    private static async Task<bool> CorruptAsync(Microsoft.AspNetCore.Http.HttpContext http, byte[] honest)
    {
        http.Response.StatusCode = 206;
        http.Response.Headers.ContentRange = $"bytes 0-{PullHouse.RangeBytes - 1}/{honest.Length}";
        var bytes = honest[..PullHouse.RangeBytes];
        bytes[100] ^= 1;
        await http.Response.Body.WriteAsync(bytes);
        return true;
    }
}
