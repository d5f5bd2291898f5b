using System.Text;
using Kinora.Server.Fetching;

namespace Kinora.Server.Tests.Fetching;

public sealed class DataUriTests
{
    [Theory]
    [InlineData("data:image/png;base64,SGVsbG8=", "Hello")]
    [InlineData("DATA:image/png;BASE64,SGVsbG8=", "Hello")]
    [InlineData("data:;base64,SGVsbG8=", "Hello")]
    [InlineData("data:image/png;charset=utf-8;base64,SGVsbG8=", "Hello")]
    [InlineData("data:image/png;base64,SGVs bG8=\r\n", "Hello")]
    [InlineData("data:image/png;base64,SGVsbG8%3D", "Hello")]
    [InlineData("data:image/png;base64,SGVs%0AbG8%3d%0a", "Hello")]
    [InlineData("data:image/svg+xml,%3Csvg/%3E", "<svg/>")]
    [InlineData("data:,Hello%2C%20you", "Hello, you")]
    public async Task The_content_is_decoded_and_its_size_is_known_before(string text, string expected)
    {
        var uri = DataUri.TryRead(text);
        Assert.Equal(expected.Length, uri?.LengthBytes);
        Assert.Equal(expected, Encoding.UTF8.GetString(await DecodeAsync(uri!)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(36_864)]
    [InlineData(36_865)]
    [InlineData(49_152)]
    [InlineData(300_001)]
    public async Task Contents_of_any_size_come_out_whole(int size)
    {
        var content = Enumerable.Range(0, size).Select(index => (byte)(index * 31 % 251)).ToArray();
        var wrapped = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);
        var escaped = string.Concat(content.Select(value => $"%{value:x2}"));
        Assert.Equal(content, await DecodeAsync(DataUri.TryRead("data:image/png;base64," + wrapped + "\n")!));
        Assert.Equal(content, await DecodeAsync(DataUri.TryRead("data:image/png," + escaped)!));
    }

    [Theory]
    [InlineData("data:image/png;base64")]
    [InlineData("data:,%")]
    [InlineData("data:,%4")]
    [InlineData("data:,%zz")]
    [InlineData("data:,%+1")]
    [InlineData("data:,naïve")]
    public void What_is_no_data_URI_is_not_read(string text) => Assert.Null(DataUri.TryRead(text));

    [Theory]
    [InlineData("SGVsbG8")]
    [InlineData("SGVsbG8==")]
    [InlineData("SGVs=bG8")]
    [InlineData("SGVs!G8=")]
    [InlineData("SGVsbG8=SGVs")]
    [InlineData("=")]
    public async Task What_is_no_base64_is_not_decoded(string content)
    {
        var uri = DataUri.TryRead("data:image/png;base64," + content);
        Assert.False(await uri!.TryWriteAsync(Stream.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Spaces_alone_are_an_empty_file() =>
        Assert.Empty(await DecodeAsync(DataUri.TryRead("data:image/png;base64," + new string(' ', 200_000))!));

    private static async Task<byte[]> DecodeAsync(DataUri uri)
    {
        using var content = new MemoryStream();
        Assert.True(await uri.TryWriteAsync(content, TestContext.Current.CancellationToken));
        return content.ToArray();
    }
}
