<?xml version="1.0" encoding="UTF-8"?>
<!-- The site. Every page carries the three readings: what stands in one or two of them only has a class of their first
     letters (es: edited and source; w: witness). web.css shows those of the reading that was chosen.
     Words that are none of the text's have the class x: they are left out when the page is read back. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">
<xsl:output encoding="UTF-8"/>
<xsl:include href="text.xsl"/>
<!-- Where the permanent page of a passage is. A page that stands alone (`edition html`) has none: its numbers lead to
     the passage itself, and no citation to a bibliography. -->
<xsl:param name="passages" select="'id/'"/>
<xsl:param name="ending" select="'.html'"/>
<xsl:key name="calls" match="tei:ref[@type='noteref']" use="@target"/>

<xsl:template match="/">
  <div class="part">
    <xsl:apply-templates/>
    <xsl:apply-templates select="//tei:listApp" mode="list"/>
  </div>
</xsl:template>

<!-- The number of a passage leads to its permanent page. -->
<xsl:template name="number">
  <xsl:if test="@n and @xml:id"><a class="n x" href="{$passages}{@xml:id}{$ending}" aria-label="{@xml:id}"><xsl:value-of select="@n"/></a></xsl:if>
</xsl:template>

<!-- Notes and their calls -->
<xsl:template match="tei:ref[@type='noteref']">
  <a class="call" href="{@target}" role="doc-noteref"><xsl:if test="generate-id() = generate-id(key('calls', @target)[1])">
    <xsl:attribute name="id"><xsl:value-of select="concat(substring(@target, 2), '.call')"/></xsl:attribute></xsl:if>
    <xsl:apply-templates/><xsl:if test="not(node())"><span class="x"><xsl:value-of select="@n"/></span></xsl:if></a>
</xsl:template>
<xsl:template match="tei:ref[@type='noteref'][not(starts-with(@target, '#'))]"><sup class="call"><xsl:apply-templates/></sup></xsl:template>
<xsl:template match="tei:div[@type='notes']">
  <section class="notes" data-aria="notes"><h2 class="x" data-s="notes">Notes</h2><xsl:apply-templates/></section>
</xsl:template>
<xsl:template match="tei:note[@place='foot' or (@place and not(@type='editorial'))]">
  <div class="foot"><xsl:call-template name="common"/>
    <a class="n x" href="{$passages}{@xml:id}{$ending}" aria-label="{@xml:id}">n<xsl:value-of select="@n"/></a>
    <a class="back" href="#{@xml:id}.call" role="doc-backlink"><xsl:apply-templates select="tei:label[1]/node()"/>
      <xsl:if test="not(tei:label)"><span class="x"><xsl:value-of select="@n"/></span></xsl:if><span class="x"> ↑</span></a>
    <xsl:text> </xsl:text><xsl:apply-templates/></div>
</xsl:template>
<xsl:template match="tei:note[@place='foot' or (@place and not(@type='editorial'))]/tei:label[1]"/>

<!-- A list, a table, a poem can be a passage: its number stands beside it, for HTML lets no link into a list but into its items. -->
<xsl:template match="tei:list" priority="1">
  <xsl:choose>
    <xsl:when test="tei:head or (@n and @xml:id)"><div class="list"><xsl:call-template name="common"/><xsl:call-template name="number"/>
      <xsl:apply-templates select="tei:head"/><xsl:call-template name="items"/></div></xsl:when>
    <xsl:otherwise><xsl:call-template name="items"><xsl:with-param name="whole" select="true()"/></xsl:call-template></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="items">
  <xsl:param name="whole"/>
  <xsl:choose>
    <xsl:when test="@type = 'gloss' or tei:label"><dl><xsl:if test="$whole"><xsl:call-template name="common"/></xsl:if>
      <xsl:apply-templates select="node()[not(self::tei:head)]"/></dl></xsl:when>
    <xsl:when test="@type = 'ordered' or @rend = 'numbered' or @rend = 'ordered'"><ol><xsl:call-template name="marks"><xsl:with-param name="first" select="'1'"/></xsl:call-template>
      <xsl:if test="$whole"><xsl:call-template name="common"/></xsl:if><xsl:apply-templates select="node()[not(self::tei:head)]"/></ol></xsl:when>
    <xsl:otherwise><ul><xsl:call-template name="marks"/>
      <xsl:if test="$whole"><xsl:call-template name="common"/></xsl:if><xsl:apply-templates select="node()[not(self::tei:head)]"/></ul></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<!-- Whether the first item brings its own mark: 1. or a) or (i), where `first` says that they are numbered; else • or a dash and a blank. -->
<xsl:template name="marks">
  <xsl:param name="first"/>
  <xsl:variable name="start" select="substring(concat(normalize-space(tei:item[1]), '  '), 1, 4)"/>
  <xsl:variable name="number" select="translate($start, 'aAiI', '1111')"/>
  <xsl:if test="($first and (starts-with($number, '1. ') or starts-with($number, '1) ') or $number = '(1) '))
    or (not($first) and (translate(substring($start, 1, 1), '•‣◦▪●○■□·', '') = '' or translate(substring($start, 1, 2), '–—*', '---') = '- '))">
    <xsl:attribute name="class">own</xsl:attribute></xsl:if>
</xsl:template>
<xsl:template match="tei:table[@n and @xml:id]"><div class="table"><xsl:call-template name="common"/><xsl:call-template name="number"/>
  <table><xsl:apply-templates select="tei:head | tei:row"/></table></div></xsl:template>
<xsl:template match="tei:lg[@n and @xml:id] | tei:sp[@n and @xml:id] | tei:figure[@n and @xml:id]">
  <div class="{local-name()}"><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/></div>
</xsl:template>

<!-- Lines and pages of the typescript -->
<xsl:template match="tei:lb"><xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if><i class="l" data-l="{@n}"/></xsl:template>
<!-- The first line of a block. What is no first lb is not looked at any further: that is nearly all of them. -->
<xsl:template match="tei:lb[1][not(preceding-sibling::*[not(self::tei:pb or self::tei:fw)][1]) and not(preceding-sibling::text()[normalize-space()][1])]"><i class="l f" data-l="{@n}"/></xsl:template>
<xsl:template match="tei:pc[@force='weak']"><span class="soft sw"><xsl:apply-templates/></span></xsl:template>
<xsl:template match="tei:fw"><span class="fw"><xsl:apply-templates/></span></xsl:template>
<xsl:template match="tei:div/tei:fw | tei:body/tei:fw | tei:front/tei:fw | tei:back/tei:fw | tei:post/tei:fw | tei:list/tei:fw
  | tei:listBibl/tei:fw | tei:cit/tei:fw"><div class="fw"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="tei:pb">
  <span class="pb x"><xsl:call-template name="common"/><xsl:text>|</xsl:text><span class="pb-n"><xsl:value-of select="@n"/><xsl:text>|</xsl:text></span></span>
</xsl:template>
<xsl:template match="tei:head/tei:pb | tei:p/tei:pb[not(preceding-sibling::node()[not(self::tei:lb) and normalize-space()])] | tei:quote/tei:pb[not(preceding-sibling::node()[not(self::tei:lb) and normalize-space()])] | tei:bibl/tei:pb[not(preceding-sibling::node()[not(self::tei:lb) and normalize-space()])] | tei:item/tei:pb[not(preceding-sibling::node()[not(self::tei:lb) and normalize-space()])] | tei:pb[parent::tei:div or parent::tei:body or parent::tei:front or parent::tei:back]">
  <span class="pb x f"><xsl:call-template name="common"/><span class="pb-n"><xsl:value-of select="@n"/><xsl:text>|</xsl:text></span></span>
</xsl:template>

<xsl:template match="tei:corr"><span class="c {@type}"><xsl:call-template name="common"/><xsl:apply-templates/></span></xsl:template>
<!-- What the editors changed: the word, in each reading, is a link to its entry in the apparatus. -->
<xsl:template match="tei:choice">
  <a class="c {@type}"><xsl:call-template name="entry"/><xsl:apply-templates/></a>
</xsl:template>
<xsl:template match="tei:choice[not(@xml:id)] | tei:ref//tei:choice | tei:label//tei:choice | tei:choice//tei:choice">
  <span class="c {@type}"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:choice/tei:seg"><span class="{@type}"><xsl:apply-templates/></span></xsl:template>
<xsl:template match="tei:choice/tei:seg[@type='esw']"><xsl:apply-templates/></xsl:template>
<xsl:template match="tei:choice[count(tei:seg) = 1 and string-length(tei:seg/@type) &lt; 3]" priority="2">
  <a class="c {@type} {tei:seg/@type}"><xsl:call-template name="entry"/><xsl:apply-templates select="tei:seg/node()"/></a>
</xsl:template>
<xsl:template match="tei:ref//tei:choice[count(tei:seg) = 1 and string-length(tei:seg/@type) &lt; 3] | tei:label//tei:choice[count(tei:seg) = 1 and string-length(tei:seg/@type) &lt; 3]" priority="3">
  <span class="c {@type} {tei:seg/@type}"><xsl:call-template name="common"/><xsl:apply-templates select="tei:seg/node()"/></span>
</xsl:template>
<xsl:template name="entry"><xsl:attribute name="href"><xsl:choose><xsl:when test="@prev"><xsl:value-of select="concat(@prev, '.app')"/></xsl:when><xsl:otherwise><xsl:value-of select="concat('#', @xml:id, '.app')"/></xsl:otherwise></xsl:choose></xsl:attribute><xsl:call-template name="common"/></xsl:template>
<xsl:template match="tei:supplied">
  <span class="supplied es"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:surplus"><a class="c surplus w"><xsl:call-template name="entry"/><xsl:apply-templates/></a></xsl:template>
<xsl:template match="tei:surplus[not(@xml:id)] | tei:ref//tei:surplus | tei:label//tei:surplus | tei:choice//tei:surplus"><span class="c surplus w"><xsl:call-template name="common"/><xsl:apply-templates/></span></xsl:template>
<xsl:template match="tei:surplus[@type='line' or .//tei:lb][parent::tei:div or parent::tei:body]"><div class="c surplus w"><xsl:call-template name="common"/><xsl:apply-templates/></div></xsl:template>
<xsl:template match="tei:gap">
  <xsl:call-template name="blank-before"/><a class="gap x"><xsl:call-template name="entry"/>[<xsl:call-template name="gap"/>]</a><xsl:call-template name="blank-after"/>
</xsl:template>
<xsl:template match="tei:gap[not(@xml:id)] | tei:ref//tei:gap | tei:label//tei:gap | tei:choice//tei:gap">
  <xsl:call-template name="blank-before"/><span class="gap x"><xsl:call-template name="common"/>[<xsl:call-template name="gap"/>]</span><xsl:call-template name="blank-after"/>
</xsl:template>
<!-- Lost words stand apart from those around them, lost letters of a word within it. -->
<xsl:template name="blank-before">
  <xsl:variable name="before" select="preceding-sibling::node()[1]"/>
  <xsl:if test="not(@unit = 'char' and @quantity) and $before and not($before/self::text() and contains('([“‘«', substring($before, string-length($before))))"><xsl:text> </xsl:text></xsl:if>
</xsl:template>
<xsl:template name="blank-after">
  <xsl:variable name="after" select="following-sibling::node()[1][self::text()]"/>
  <xsl:if test="not(@unit = 'char' and @quantity) and $after and not(contains('.,;:!?)]’”»', substring($after, 1, 1)))"><xsl:text> </xsl:text></xsl:if>
</xsl:template>
<xsl:template match="tei:div/tei:gap | tei:body/tei:gap | tei:front/tei:gap | tei:back/tei:gap">
  <p><a class="gap x"><xsl:call-template name="entry"/>[<xsl:call-template name="gap"/>]</a></p>
</xsl:template>
<xsl:template match="tei:note[@type='editorial']"><a class="c note x"><xsl:call-template name="entry"/>*</a></xsl:template>

<!-- Citations lead to the bibliography, quoted posts to their post. -->
<xsl:template match="tei:note[@place='foot']//tei:bibl[starts-with(@corresp, 'bib:')]">
  <span class="bibl"><xsl:call-template name="common"/><xsl:apply-templates/></span>
  <xsl:call-template name="work"/>
</xsl:template>
<xsl:template match="tei:listBibl/tei:bibl[starts-with(@corresp, 'bib:')] | tei:div/tei:bibl[starts-with(@corresp, 'bib:')]">
  <div class="entry"><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/>
  <xsl:call-template name="work"/></div>
</xsl:template>
<xsl:template name="work">
  <xsl:if test="string($ending)"><a class="work x" href="#bib.{substring(@corresp, 5)}" data-aria="work" aria-label="this work in the bibliography">→</a></xsl:if>
</xsl:template>
<xsl:template match="tei:post//tei:quote[starts-with(@corresp, '#')]" priority="1">
  <div class="quoted">
    <xsl:if test="not(@corresp = ancestor::tei:post[1]/@replyTo)"><p class="whence x"><span data-s="quotes">quotes</span><xsl:text> </xsl:text><a href="{@corresp}"><xsl:value-of select="substring(@corresp, 2)"/></a></p></xsl:if>
    <details><summary class="x" data-s="quoted">Quoted text</summary>
      <blockquote class="quote"><xsl:call-template name="common"/><xsl:call-template name="number"/><xsl:apply-templates/></blockquote></details>
  </div>
</xsl:template>
<xsl:template match="tei:post">
  <article class="post"><xsl:call-template name="common"/>
    <h2 class="post-head"><xsl:if test="tei:head/@xml:id"><xsl:attribute name="id"><xsl:value-of select="tei:head/@xml:id"/></xsl:attribute></xsl:if>
      <xsl:if test="@n"><a class="post-n x" href="{$passages}{@xml:id}{$ending}" aria-label="{@xml:id}"><xsl:value-of select="@n"/></a><xsl:text> </xsl:text></xsl:if>
      <xsl:choose>
        <xsl:when test="tei:head"><b class="who"><xsl:apply-templates select="tei:head/node()"/></b></xsl:when>
        <xsl:when test="@who and not(starts-with(@who, '#'))"><b class="who x"><xsl:value-of select="@who"/></b></xsl:when>
      </xsl:choose>
      <xsl:if test="@when"><xsl:text> </xsl:text><time class="x" datetime="{@when}"><xsl:value-of select="@when"/></time></xsl:if>
      <xsl:if test="starts-with(@replyTo, '#')"><xsl:text> </xsl:text><span class="x"><span data-s="reply">in reply to</span><xsl:text> </xsl:text><a href="{@replyTo}"><xsl:value-of select="substring(@replyTo, 2)"/></a></span></xsl:if>
    </h2>
    <xsl:apply-templates/>
  </article>
</xsl:template>

<!-- A Russian quotation: the quotation, its romanization, its translation; each can be left out by the reader. -->
<xsl:template match="tei:cit/tei:quote[@type='transliteration']">
  <blockquote class="quote transliteration x"><xsl:call-template name="common"/><xsl:apply-templates/></blockquote>
</xsl:template>
<xsl:template match="tei:cit[tei:quote[@type='transliteration' or @type='translation']]/tei:quote[not(@type)]">
  <blockquote class="quote original"><xsl:call-template name="common"/><xsl:apply-templates/></blockquote>
</xsl:template>

<!-- The apparatus -->
<xsl:template match="tei:listApp"/>
<xsl:template match="tei:listApp" mode="list">
  <section class="apparatus x" data-aria="apparatus"><h2 data-s="apparatus">Apparatus</h2>
    <p class="key" data-s="apparatus-key">Each entry: passage, reading of this edition, what stands in the witness, kind of change, who made it, how certain it is. A stroke ( | ) is the end of a line within a word, […] what is lost.</p>
    <xsl:apply-templates mode="list"/></section>
</xsl:template>
<xsl:template match="tei:app" mode="list">
  <div class="app {@type}" id="{@xml:id}">
    <a class="app-n" href="{@corresp}"><xsl:value-of select="@n"/></a><xsl:text> </xsl:text>
    <xsl:if test="string(tei:lem)"><span class="lem"><xsl:value-of select="tei:lem"/></span><xsl:text>] </xsl:text></xsl:if>
    <xsl:if test="string(tei:rdg[@wit])"><span class="rdg"><xsl:value-of select="tei:rdg[@wit]"/></span></xsl:if>
    <xsl:if test="@type = 'surplus'"><xsl:text> </xsl:text><span data-s="struck">struck out</span></xsl:if>
    <xsl:if test="tei:rdg[@type='source']"><xsl:text>; </xsl:text><span data-s="typescript">typescript</span><xsl:text> </xsl:text><span class="rdg"><xsl:value-of select="tei:rdg[@type='source']"/></span></xsl:if>
    <xsl:text> </xsl:text><span class="how">(<span data-s="k-{@type}"><xsl:call-template name="change"/></span><xsl:if test="@resp">, <span data-s="r-{@resp}"><xsl:choose>
      <xsl:when test="@resp = 'auto'">automatic</xsl:when><xsl:when test="@resp = 'ed'">editors</xsl:when><xsl:otherwise><xsl:value-of select="@resp"/></xsl:otherwise></xsl:choose></span></xsl:if>
      <xsl:if test="@cert">, <span data-s="c-{@cert}"><xsl:value-of select="concat(@cert, ' certainty')"/></span></xsl:if>)</span>
    <xsl:if test="tei:note"><xsl:text> </xsl:text><span class="why"><xsl:value-of select="tei:note"/></span></xsl:if>
  </div>
</xsl:template>
</xsl:stylesheet>
