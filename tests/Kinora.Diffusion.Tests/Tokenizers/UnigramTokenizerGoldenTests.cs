using System.Text.Json;
using Kinora.Diffusion.Tokenizers;

namespace Kinora.Diffusion.Tests.Tokenizers;

public sealed class UnigramTokenizerGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Vocabularies => [.. GoldenFolders.All.SelectMany(folder => Directory.GetFiles(folder, "tokenizer*.spiece.model"))];

    [Theory]
    [MemberData(nameof(Vocabularies))]
    public void Every_text_gets_the_ids_of_the_reference(string path)
    {
        var tokenizer = UnigramTokenizer.Load(File.ReadAllBytes(path));
        using var json = JsonDocument.Parse(File.ReadAllText(path.Replace(".spiece.model", ".json", StringComparison.Ordinal)));
        var count = 0;

        foreach (var item in json.RootElement.EnumerateArray())
        {
            var text = item.GetProperty("text").GetString()!;
            var expected = item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var ids = tokenizer.Encode(text);
            Assert.True(expected.SequenceEqual(ids), $"'{text}': expected [{string.Join(", ", expected)}], got [{string.Join(", ", ids)}].");
            count++;
        }

        output.WriteLine($"{Path.GetFileName(path)}: {count} texts, all ids equal");
        Assert.True(count > 0);
    }
}
