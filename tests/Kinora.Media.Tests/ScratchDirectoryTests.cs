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
}
