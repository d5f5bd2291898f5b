using Kinora.Media;
using Kinora.Media.Images;
using Kinora.Server.Engines;

namespace Kinora.Server.Tests.Engines;

public sealed class PreviewFeedTests
{
    private readonly HandClock _clock = new();
    private readonly PreviewBoard _board = new();
    private readonly VideoFrame _frame = new(new FrameSize(640, 360));

    [Fact]
    public void A_picture_is_taken_now_and_then_and_each_is_a_new_version()
    {
        var job = Guid.NewGuid();
        using var feed = new PreviewFeed(_board, job, _clock);
        Assert.False(_board.TryGet(job, out _));

        feed.Offer(_frame);
        feed.Offer(_frame);
        Assert.True(_board.TryGet(job, out var first));
        Assert.Equal(1, first.Version);

        _clock.Move(1);
        feed.Offer(_frame);
        Assert.True(_board.TryGet(job, out var second));
        Assert.Equal(2, second.Version);
    }

    [Fact]
    public void The_picture_is_a_small_JPEG()
    {
        var job = Guid.NewGuid();
        using var feed = new PreviewFeed(_board, job, _clock);
        feed.Offer(_frame);
        _board.TryGet(job, out var preview);
        using var content = new MemoryStream(preview.Jpeg.ToArray());
        var header = ImageHeader.Read(content);
        Assert.Equal((ImageFormat.Jpeg, 320, 180), (header.Format, header.Width, header.Height));
    }

    [Fact]
    public void Jobs_do_not_see_each_other_and_leave_the_board_when_they_end()
    {
        Guid one = Guid.NewGuid(), other = Guid.NewGuid();
        using var stays = new PreviewFeed(_board, other, _clock);
        using (var ends = new PreviewFeed(_board, one, _clock))
        {
            ends.Offer(_frame);
            ends.Report("rendering", 0);
            _clock.Move(1);
            ends.Report("rendering", 0.5);
            Assert.NotNull(_board.TimeLeft(one));
            Assert.False(_board.TryGet(other, out _));
        }
        Assert.False(_board.TryGet(one, out _));
        Assert.Null(_board.TimeLeft(one));
    }
}
