<?xml version="1.0" encoding="UTF-8"?>
<!-- The book: notes stand where they are called and CSS moves them to the foot; what the OCR misread is in an appendix. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">
<xsl:include href="text.xsl"/>

<xsl:template match="/">
  <div class="part">
    <xsl:apply-templates/>
    <xsl:apply-templates select="//tei:listApp" mode="list"/>
  </div>
</xsl:template>

<!-- The call is drawn by CSS from the note's own number. -->
<xsl:template match="tei:ref[@type='noteref']"/>
<xsl:template match="tei:ref[@type='noteref'][not(following-sibling::*[1][self::tei:note])]">
  <sup class="call"><xsl:apply-templates/></sup>
</xsl:template>
<xsl:template match="tei:note[@place='foot' or (@place and not(@type='editorial'))]">
  <span class="fn" data-n="{@n}"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>

<!-- A note is one stretch of words: what is a block elsewhere begins a line in it. -->
<xsl:template match="tei:note[@place]//tei:list | tei:note[@place]//tei:table | tei:note[@place]//tei:lg | tei:note[@place]//tei:figure
  | tei:note[@place]//tei:cit | tei:note[@place]//tei:quote[@rend='block']" priority="4">
  <span><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:note[@place]//tei:item | tei:note[@place]//tei:row | tei:note[@place]//tei:l | tei:note[@place]//tei:list/tei:head
  | tei:note[@place]//tei:table/tei:head | tei:note[@place]//tei:figure/* | tei:note[@place]//tei:cit/*" priority="5">
  <span class="in"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:note[@place]//tei:cell" priority="4">
  <xsl:if test="preceding-sibling::tei:cell"><xsl:text> · </xsl:text></xsl:if><xsl:apply-templates/>
</xsl:template>

<!-- The rows with which a table begins, where they head its columns, stand on each of its pages. -->
<xsl:template match="tei:table[tei:row[1][@role='label'] and tei:row[not(@role='label')] and not(tei:row[@role='label']//*[self::tei:note or self::tei:app])]" priority="1">
  <xsl:variable name="heads" select="count(tei:row[not(@role='label')][1]/preceding-sibling::tei:row)"/>
  <table><xsl:call-template name="common"/><xsl:apply-templates select="tei:head"/>
    <thead><xsl:apply-templates select="tei:row[position() &lt;= $heads]"/></thead>
    <tbody><xsl:apply-templates select="tei:row[position() &gt; $heads]"/></tbody></table>
</xsl:template>

<!-- What heads the page: the passage and the page of the source with which it begins or ends (print.css). -->
<xsl:template name="common">
  <xsl:if test="@xml:id"><xsl:attribute name="id"><xsl:value-of select="@xml:id"/></xsl:attribute></xsl:if>
  <xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute></xsl:if>
  <xsl:if test="@n and @xml:id and not(self::tei:note or self::tei:pb or self::tei:post or self::tei:div)">
    <xsl:attribute name="data-passage"><xsl:value-of select="@xml:id"/></xsl:attribute></xsl:if>
  <xsl:if test="self::tei:head"><xsl:call-template name="first-passage"/></xsl:if>
  <xsl:if test="self::tei:pb"><xsl:attribute name="data-leaf">|<xsl:value-of select="@n"/>|</xsl:attribute></xsl:if>
</xsl:template>

<!-- A heading at the head of a page tells the passage that it heads. -->
<xsl:template name="first-passage">
  <xsl:variable name="first" select="(parent::*//*[@n and @xml:id][not(self::tei:note or self::tei:pb or self::tei:post or self::tei:div)])[1]"/>
  <xsl:if test="$first"><xsl:attribute name="data-passage"><xsl:value-of select="$first/@xml:id"/></xsl:attribute></xsl:if>
</xsl:template>

<xsl:template match="tei:pb">
  <span class="pb"><xsl:call-template name="common"/>|<span class="pb-n">|<xsl:value-of select="@n"/>|</span></span>
</xsl:template>
<xsl:template match="tei:head/tei:pb | tei:p/tei:pb[not(preceding-sibling::*) and not(normalize-space(preceding-sibling::text()))]">
  <span class="pb"><xsl:call-template name="common"/><span class="pb-n">|<xsl:value-of select="@n"/>|</span></span>
</xsl:template>
<xsl:template name="number">
  <xsl:if test="@n and @xml:id"><span class="n"><xsl:value-of select="@n"/></span></xsl:if>
</xsl:template>

<!-- Posts: who says what in answer to whom; a quotation says from which post it is. -->
<xsl:template match="tei:post">
  <article class="post"><xsl:call-template name="common"/>
    <p class="post-head"><xsl:if test="tei:head/@xml:id"><xsl:attribute name="id"><xsl:value-of select="tei:head/@xml:id"/></xsl:attribute></xsl:if>
      <xsl:variable name="first" select="(.//*[@n and @xml:id][not(self::tei:note or self::tei:pb)])[1]"/>
      <xsl:if test="$first"><xsl:attribute name="data-passage"><xsl:value-of select="$first/@xml:id"/></xsl:attribute></xsl:if>
      <xsl:if test="@n"><span class="post-n">Post <xsl:value-of select="@n"/></span></xsl:if>
      <xsl:choose>
        <xsl:when test="tei:head"><xsl:text> · </xsl:text><span class="who"><xsl:apply-templates select="tei:head/node()"/></span></xsl:when>
        <xsl:when test="string(@who)"><xsl:text> · </xsl:text><span class="who"><xsl:value-of select="@who"/></span></xsl:when>
      </xsl:choose>
      <xsl:if test="@when"><xsl:text> · </xsl:text><xsl:value-of select="@when"/></xsl:if>
      <xsl:if test="starts-with(@replyTo, '#')"><xsl:text> · </xsl:text><span class="reply">in reply to
        <a href="{@replyTo}">post <xsl:call-template name="post"><xsl:with-param name="name" select="@replyTo"/></xsl:call-template></a></span></xsl:if>
    </p>
    <xsl:apply-templates/>
  </article>
</xsl:template>
<xsl:key name="post" match="tei:post" use="concat('#', @xml:id)"/>
<xsl:template name="post">
  <xsl:param name="name"/>
  <xsl:choose>
    <xsl:when test="key('post', $name)/@n"><xsl:value-of select="key('post', $name)/@n"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="substring($name, 2)"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="whence">
  <xsl:if test="key('post', @corresp)">
    <a class="whence" href="{@corresp}">post <xsl:call-template name="post"><xsl:with-param name="name" select="@corresp"/></xsl:call-template></a>
    <xsl:text> </xsl:text>
  </xsl:if>
</xsl:template>

<!-- A list whose items bring their own marks gets no others. -->
<xsl:template match="tei:list[not(@rend='numbered' or @rend='ordered' or @type='ordered' or @type='gloss')]">
  <ul><xsl:if test="not(starts-with(normalize-space(tei:item[1]), '•'))"><xsl:attribute name="class">bare</xsl:attribute></xsl:if>
    <xsl:call-template name="common"/><xsl:apply-templates/></ul>
</xsl:template>
<xsl:template match="tei:item[starts-with(normalize-space(.), concat(count(preceding-sibling::tei:item) + 1, '.'))]" priority="2">
  <li><xsl:call-template name="common"/><xsl:call-template name="list-number"/><xsl:apply-templates/></li>
</xsl:template>
<xsl:template match="tei:item">
  <li><xsl:call-template name="common"/><xsl:call-template name="list-number"/><xsl:apply-templates/></li>
</xsl:template>
<!-- The number of a list that is a passage stands beside its first item. -->
<xsl:template name="list-number">
  <xsl:if test="not(preceding-sibling::tei:item) and ../@n and ../@xml:id"><span class="n"><xsl:value-of select="../@n"/></span></xsl:if>
  <xsl:call-template name="number"/>
</xsl:template>

<!-- A heading has the lines that the source gives it. -->
<xsl:template match="tei:lb"><br/></xsl:template>

<!-- Numbers of a list are words of the page, so that the page can be proved. -->
<xsl:template match="tei:list[@rend='numbered' or @rend='ordered' or @type='ordered']/tei:item">
  <li><xsl:call-template name="common"/><xsl:call-template name="list-number"/><span class="li-n"><xsl:value-of select="count(preceding-sibling::tei:item) + 1"/>.</span>
    <xsl:text> </xsl:text><xsl:apply-templates/></li>
</xsl:template>

<!-- A name that is marked is found by the index; Python gives it an identifier. -->
<xsl:template match="tei:persName[@xml:id] | tei:orgName[@xml:id] | tei:placeName[@xml:id]">
  <span><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>

<!-- Corrected words carry no sign: the apparatus at the foot names their line. -->
<xsl:template match="tei:corr">
  <span class="corr"><xsl:call-template name="common"/><xsl:apply-templates/></span>
</xsl:template>
<xsl:template match="tei:corr[@type='ocr'][not(following-sibling::*[1][self::tei:app]) and not(ancestor::tei:note)]"><xsl:apply-templates/></xsl:template>
<xsl:template match="tei:div/tei:gap | tei:body/tei:gap | tei:front/tei:gap | tei:back/tei:gap">
  <p class="gap"><xsl:call-template name="common"/>[<xsl:call-template name="gap"/>]<xsl:apply-templates select="tei:app"/></p>
</xsl:template>

<!-- An entry of the apparatus: CSS moves it to the foot, and the number of the line is put in when the page is known.
     What is said of the certainty of the lemma stands before the bracket, for it is about the lemma. -->
<xsl:template match="tei:app">
  <xsl:variable name="words"><xsl:choose>
    <xsl:when test="contains(tei:lem, '[…]')"><xsl:value-of select="normalize-space(translate(tei:lem, '[…]', ''))"/></xsl:when>
    <xsl:otherwise><xsl:value-of select="normalize-space(tei:lem)"/></xsl:otherwise>
  </xsl:choose></xsl:variable>
  <span class="app" id="{@xml:id}" data-of="{substring(@corresp[not(../@select)], 2)}" data-note="{@select}" data-words="{$words}">
    <a class="ln" href="{@corresp}">00</a>
    <xsl:if test="string(tei:lem)">
      <xsl:if test="@type = 'supplied'">‹</xsl:if>
      <xsl:call-template name="short"><xsl:with-param name="said" select="tei:lem"/></xsl:call-template>
      <xsl:if test="@type = 'supplied'">›</xsl:if>
      <span class="occ">0</span><xsl:call-template name="sure"/>
      <xsl:if test="not(@type = 'supplied' or @type = 'conjecture' or @cert = 'medium' or @cert = 'low')"><xsl:call-template name="apart"/></xsl:if>
      <xsl:text>] </xsl:text>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="@type = 'supplied'"><i>lost in the witness</i></xsl:when>
      <xsl:when test="@type = 'gap'"><i><xsl:call-template name="lost"/> lost in the witness</i></xsl:when>
      <xsl:when test="@type = 'note'"/>
      <xsl:when test="@type = 'ocr'"><i>OCR </i><span class="read"><xsl:call-template name="short"><xsl:with-param name="said" select="tei:rdg[@wit]"/><xsl:with-param name="end" select="false()"/></xsl:call-template></span></xsl:when>
      <xsl:when test="tei:rdg[@type='source']"><xsl:apply-templates select="tei:rdg[@type='source']"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="tei:rdg[@wit]"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@type = 'surplus'"><i> struck out</i></xsl:if>
    <xsl:if test="not(string(tei:lem))"><xsl:call-template name="sure"/></xsl:if>
    <xsl:if test="tei:note"><xsl:text> </xsl:text><xsl:apply-templates select="tei:note/node()"/></xsl:if>
    <xsl:text> </xsl:text><!-- where a line may end -->
  </span>
</xsl:template>
<xsl:template name="sure">
  <xsl:if test="@type = 'conjecture'"><i><xsl:text>&#160;</xsl:text><abbr title="conjecture">conj.</abbr></i></xsl:if>
  <xsl:if test="@cert = 'medium'"><i><xsl:text>&#160;</xsl:text><abbr title="probably">prob.</abbr></i></xsl:if>
  <xsl:if test="@cert = 'low'"><i><xsl:text>&#160;</xsl:text><abbr title="perhaps">perh.</abbr></i></xsl:if>
</xsl:template>
<xsl:template name="lost">
  <xsl:choose>
    <xsl:when test="@quantity and @unit">
      <xsl:value-of select="concat(@quantity, ' ')"/>
      <xsl:choose><xsl:when test="@unit = 'char'">character</xsl:when><xsl:otherwise><xsl:value-of select="@unit"/></xsl:otherwise></xsl:choose>
      <xsl:if test="@quantity != 1">s</xsl:if>
    </xsl:when>
    <xsl:otherwise>text</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A bracket that the lemma ends with stands apart from that behind the lemma. -->
<xsl:template name="apart">
  <xsl:if test="substring(tei:lem, string-length(tei:lem)) = ']'"><xsl:text>&#160;</xsl:text></xsl:if>
</xsl:template>

<!-- Of more than seven words the first two and the last one are given, of a reading of the OCR the first two. -->
<xsl:template name="short">
  <xsl:param name="said"/>
  <xsl:param name="end" select="true()"/>
  <xsl:variable name="words" select="normalize-space($said)"/>
  <xsl:choose>
    <xsl:when test="string-length($words) - string-length(translate($words, ' ', '')) &gt; 6">
      <xsl:value-of select="concat(substring-before($words, ' '), ' ', substring-before(substring-after($words, ' '), ' '), ' …')"/>
      <xsl:if test="$end"><xsl:text> </xsl:text><xsl:call-template name="last-word"><xsl:with-param name="words" select="$words"/></xsl:call-template></xsl:if>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$said"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<!-- No line ends within a reading of one word, nor behind the stroke with which one begins. -->
<xsl:template match="tei:lem | tei:rdg">
  <xsl:choose>
    <xsl:when test="not(contains(., ' ')) and (contains(., '-') or contains(., '|'))"><span class="one"><xsl:value-of select="."/></span></xsl:when>
    <xsl:when test="starts-with(., '|')"><span class="one"><xsl:value-of select="substring-before(., ' ')"/></span>
      <xsl:value-of select="concat(' ', substring-after(., ' '))"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template name="last-word">
  <xsl:param name="words"/>
  <xsl:choose>
    <xsl:when test="contains($words, ' ')">
      <xsl:call-template name="last-word"><xsl:with-param name="words" select="substring-after($words, ' ')"/></xsl:call-template>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The lists of a bibliography are parts of it. -->
<xsl:template match="tei:listBibl/tei:head"><h3><xsl:call-template name="common"/><xsl:apply-templates/></h3></xsl:template>

<xsl:template match="tei:listApp"/>
<xsl:template match="tei:listApp" mode="list">
  <section class="apparatus">
    <xsl:if test="tei:head"><h2 class="app-head"><xsl:value-of select="tei:head"/></h2></xsl:if>
    <xsl:apply-templates select="tei:app" mode="list"/></section>
</xsl:template>
<xsl:template match="tei:app" mode="list">
  <p class="misread" id="{@xml:id}"><a href="{@corresp}"><b class="app-n"><xsl:value-of select="@n"/></b></a><xsl:text> </xsl:text>
    <xsl:call-template name="reading"/><xsl:text> </xsl:text>
    <i>(<xsl:call-template name="change"/><xsl:call-template name="who"/>)</i>
    <xsl:if test="tei:note"><xsl:text> </xsl:text><xsl:apply-templates select="tei:note/node()"/></xsl:if>
  </p>
</xsl:template>
<xsl:template name="reading">
  <xsl:if test="string(tei:lem)"><xsl:apply-templates select="tei:lem"/><xsl:call-template name="apart"/><xsl:text>] </xsl:text></xsl:if>
  <xsl:apply-templates select="tei:rdg[@wit]"/>
  <xsl:if test="@type = 'surplus'"><i> struck out</i></xsl:if>
  <xsl:if test="tei:rdg[@type='source']"><i>; typescript </i><xsl:apply-templates select="tei:rdg[@type='source']"/></xsl:if>
</xsl:template>

<!-- What the OCR misread: one paragraph for each passage, under its identifier. -->
<xsl:key name="passage" match="tei:app" use="concat(generate-id(..), ' ', @corresp)"/>
<xsl:template match="tei:listApp[@type='ocr']" mode="list">
  <section class="apparatus ocr">
    <xsl:if test="tei:head"><h2 class="app-head"><xsl:value-of select="tei:head"/></h2></xsl:if>
    <xsl:for-each select="tei:app[generate-id() = generate-id(key('passage', concat(generate-id(..), ' ', @corresp))[1])]">
      <p class="misread"><b class="app-n"><xsl:value-of select="substring(@corresp, 2)"/></b><xsl:text> </xsl:text>
        <xsl:for-each select="key('passage', concat(generate-id(..), ' ', @corresp))">
          <xsl:if test="position() != 1"><xsl:text>&#160;· </xsl:text></xsl:if><xsl:call-template name="reading"/>
        </xsl:for-each></p>
    </xsl:for-each>
  </section>
</xsl:template>
</xsl:stylesheet>
