"""Tables behind URL identity: what a query, a host or a path may carry without naming another page.

Only parameters that are known to count clicks or carry a session are listed: a parameter dropped wrongly merges two
articles, one kept wrongly costs a fetch. (The pattern of courlan was measured and left: unanchored, it drops
``gallery``, ``reference`` and ``eid`` as well.)
"""

TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "itm_",
    "pk_",
    "hsa_",
    "hmb_",
    "oly_",
    "vero_",
    "fb_action_",
    "at_custom",
    "at_campaign",
    "at_medium",
    "at_link",
    "at_format",
    "at_ptr",
    "at_bbc",
    "ns_",
    "__hs",
    "_hs",
    "stm_",
    "wt_",
    "wt.",
    "ga_",
    "gaa_",
    "aspsessionid",
    "amp_",
)

TRACKING_NAMES = frozenset(
    """
    _branch_match_id _branch_referrer _bhlid _ga _gl _openstat __readwiselocation __source __twitter_impression
    action_object_map action_ref_map action_type_map amp ampcid ascsubtag awc campaign_content campaign_id
    campaign_medium campaign_name campaign_source campaign_term cmpid cmp cmp_id cn-track cndid cvid dclid dicbo
    doing_wp_cron ef_id email_hash emailid epik esid fb_comment_id fb_ref fb_source fbc fbclid feature_ref ftag ftcamp
    gbraid gclid gclsrc gs_lcp guccounter guce_referrer guce_referrer_sig hsctatracking icid icn igsh igshid
    imm_mid intcid intcmp internal_source ir_ad ito jsessionid li_fat_id linkid mbid mc_cid mc_eid mc_tc mibextid
    mkt_tok mscklid msclkid mtm newsletterid ncid ndclid nr_email_referer oft_ck oft_id oft_k oft_lk oft_sid oicd
    phpsessid
    origincode partnerid pscid rb_clickid rcode recip_id ref_map ref_src ref_url referer referrer rss sc_campaign
    sc_channel sc_cid sc_content sc_country sc_geo sc_medium sc_outcome scid sessionid share_source shareid sharetype
    smid smtyp smprod snr sr_share srnd srsltid ssm s_kwcid s_cid sref spmailingid spjobid spreportid spuserid
    taid taboola_campaign trk trkcampaign ttclid tw_source twclid twsrc user_email_address usqp wbraid
    wickedid wpisrc wpmk xtor xtref xtcr yclid ysclid zanpid
    """.lower().split()
)

# Names that are as often content as tracking: dropped only with a value that says where a click came from.
TRACKING_BY_VALUE = frozenset(
    ["ref", "source", "src", "from", "via", "origin", "medium", "channel", "share", "output", "outputtype", "feed"]
)
TRACKING_VALUES = frozenset(
    [
        "amp",
        "app",
        "atom",
        "email",
        "e-mail",
        "facebook",
        "facebook.com",
        "fb",
        "feed",
        "feedburner",
        "feeds",
        "flipboard",
        "google",
        "googlenews",
        "google-news",
        "gnews",
        "home",
        "homepage",
        "instagram",
        "linkedin",
        "mail",
        "mobile",
        "news-feed",
        "newsletter",
        "push",
        "reddit",
        "rss",
        "rss1",
        "rss2",
        "rssfeed",
        "share",
        "sharing",
        "smartnews",
        "social",
        "t.co",
        "telegram",
        "twitter",
        "twitter.com",
        "whatsapp",
        "x",
        "yahoo",
        "youtube",
    ]
)

SESSION_IN_PATH = ";jsessionid="
VARIANT_LABELS = frozenset({"m", "mobile", "amp", "www", "www1", "www2", "www3", "wap", "touch"})
INDEX_NAMES = frozenset({"index.html", "index.htm"})
AMP_SUFFIXES = (".amp.html", ".amp")
AMP_CACHES = (".cdn.ampproject.org",)
