using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

public sealed class MotionEngineTests : VideoEngineConformance
{
    protected override IVideoEngine CreateEngine() => new MotionEngine(speaker: null);
}
