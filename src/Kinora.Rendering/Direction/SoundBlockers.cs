namespace Kinora.Rendering.Direction;

/// <summary>Phrases that hold a word for a sound but mean something silent: as the longer match they keep the shorter one from counting.</summary>
internal static class SoundBlockers
{
    public static IReadOnlyList<Phrase> Phrases { get; } =
    [
        new("bird eye"), new("birds eye"), new("bird eye view"), new("crash zoom"), new("rain jacket"), new("rain coat"), new("rain boot"), new("fire hydrant"), new("fire escape"), new("sea of"), new("city of angels"),
        new("wave goodbye"), new("wave hand"), new("wave his hand"), new("wave her hand"), new("wave hello"), new("wave at"), new("parked car"), new("traffic light"), new("traffic cone"), new("night stand"), new("window seat"),
        new("wind up"), new("wind turbine", Amount: 0.5), new("bell pepper"), new("step by step"), new("first step"), new("next step"), new("step back"), new("run water"), new("river run"), new("water run"), new("stream run"), new("run through"),
        new("cat walk"), new("rolling shutter"), new("shutter speed"), new("window shutter"), new("knock off"), new("gun metal"), new("camera walk"), new("negative space"), new("copy space"), new("living space"), new("fire truck"), new("heat wave"),
        new("running late"), new("long run"), new("snow white"), new("night dress"), new("rock music"), new("clock face"), new("impact of"), new("run time"), new("walk in closet"), new("sky scraper"),
        new("鸟瞰"), new("海报"), new("海拔"), new("水墨"), new("海军蓝"), new("火车"), new("烟花"), new("山水画"), new("风格"), new("风景"), new("火红"), new("花样"), new("走廊"), new("街机"), new("风衣"), new("雪白"), new("星空下"), new("钟情"), new("夜景"), new("上海"), new("花瓶"), new("走向世界"),
    ];
}
