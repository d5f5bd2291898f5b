using Kinora.Server.Keys;

namespace Kinora.Server.Tests.Keys;

public sealed class ApiKeyHeaderTests
{
    [Theory]
    [InlineData("Key id:secret")]
    [InlineData("key id:secret")]
    [InlineData("Bearer id:secret")]
    [InlineData("Key  id:secret ")]
    public void A_key_is_an_id_and_a_secret(string value)
    {
        Assert.True(ApiKeyHeader.TryParse(value, out var header));
        Assert.Equal(("id", "secret"), (header.KeyId, header.Secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Key")]
    [InlineData("Key ")]
    [InlineData("Key id")]
    [InlineData("Key id:")]
    [InlineData("Key :secret")]
    [InlineData("Basic id:secret")]
    [InlineData("id:secret")]
    public void Anything_else_is_none(string value) => Assert.False(ApiKeyHeader.TryParse(value, out _));

    [Fact]
    public void An_absurdly_long_one_is_none() => Assert.False(ApiKeyHeader.TryParse("Key id:" + new string('s', 2_000), out _));

    [Fact]
    public void Its_text_form_hides_the_secret()
    {
        Assert.True(ApiKeyHeader.TryParse("Key id:secret", out var header));
        Assert.DoesNotContain("secret", $"{header}", StringComparison.Ordinal);
    }
}
