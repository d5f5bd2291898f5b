using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines.Ltx;

public sealed class LtxEngineTests(TinyLtxModel model) : VideoEngineConformance, IClassFixture<TinyLtxModel>, IDisposable
{
    private readonly List<IDisposable> _engines = [];

    protected override bool ShowsGivenImages => false;

    public void Dispose() => _engines.ForEach(engine => engine.Dispose());

    protected override IVideoEngine CreateEngine()
    {
        var engine = model.CreateEngine();
        _engines.Add(engine);
        return engine;
    }
}
