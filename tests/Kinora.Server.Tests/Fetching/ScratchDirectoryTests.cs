using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

public sealed class ScratchDirectoryTests
{
    [Fact]
    public void It_vanishes_with_everything_in_it()
    {
        var scratch = ScratchDirectory.Create();
        File.WriteAllText(scratch.CreatePath(), "frame");
        Directory.CreateDirectory(scratch.CreatePath());
        scratch.Dispose();
        scratch.Dispose();
        Assert.False(Directory.Exists(scratch.Path));
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        using var scratch = ScratchDirectory.Create();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(scratch.Path));
    }

    [Fact]
    public void Its_paths_are_never_the_same()
    {
        using var scratch = ScratchDirectory.Create();
        Assert.NotEqual(scratch.CreatePath(), scratch.CreatePath());
    }
}
