namespace Kinora.Media.Tests;

public sealed class ScratchDirectoryTests
{
    [Fact]
    public void It_is_private_and_gone_with_everything_in_it()
    {
        string path;
        using (var scratch = ScratchDirectory.Create())
        {
            path = scratch.FullPath;
            File.WriteAllText(scratch.PathOf("a"), "x");
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }

        Assert.False(Directory.Exists(path));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public void Names_cannot_leave_it(string name)
    {
        using var scratch = ScratchDirectory.Create();
        Assert.Throws<ArgumentException>(() => scratch.PathOf(name));
    }

    [Fact]
    public void What_a_killed_process_left_is_deleted_once_it_is_old_and_nothing_else_is()
    {
        using var left = ScratchDirectory.Create();
        using var living = ScratchDirectory.Create();
        var stranger = Directory.CreateTempSubdirectory("kinora-not-ours-").FullName;
        var day = TimeSpan.FromDays(1);
        var now = new DateTimeOffset(Directory.GetLastWriteTimeUtc(living.FullPath), TimeSpan.Zero);
        Directory.SetLastWriteTimeUtc(left.FullPath, (now - 2 * day).UtcDateTime);
        Directory.SetLastWriteTimeUtc(stranger, (now - 2 * day).UtcDateTime);

        ScratchDirectory.DeleteStale(now - day);

        Assert.False(Directory.Exists(left.FullPath));
        Assert.True(Directory.Exists(living.FullPath));
        Assert.True(Directory.Exists(stranger));
        Directory.Delete(stranger);
    }
}
