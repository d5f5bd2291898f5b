using System.Text;
using System.Text.Json;
using Kinora.Server.Api;

namespace Kinora.Server.Tests.Api;

public sealed class OutputJsonTests
{
    [Theory]
    [InlineData(
        """{"video":{"blob":"b/1/out.mp4","content_type":"video/mp4","file_name":"out.mp4","file_size":123},"seed":42}""",
        """{"video":{"url":"https://h/files/b/1/out.mp4","content_type":"video/mp4","file_name":"out.mp4","file_size":123},"seed":42}""")]
    [InlineData(
        """{"video":{"file_size":1,"extra":true,"file_name":"o","blob":"x","content_type":"video/mp4"}}""",
        """{"video":{"url":"https://h/files/x","content_type":"video/mp4","file_name":"o","file_size":1,"extra":true}}""")]
    [InlineData("""{"images":[{"blob":"a"},{"blob":"b"}]}""", """{"images":[{"url":"https://h/files/a"},{"url":"https://h/files/b"}]}""")]
    [InlineData("""{"blob":5,"n":1.50,"t":"ä\n","z":null}""", """{"blob":5,"n":1.50,"t":"ä\n","z":null}""")]
    public void A_blob_name_becomes_a_url_on_the_clients_host(string stored, string answered)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            OutputJson.Write(writer, stored, "https://h/files/");
        }

        Assert.Equal(answered, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
